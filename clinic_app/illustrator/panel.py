"""One panel: a pose becomes a drawing."""

from collections.abc import Iterable

import numpy as np

from clinic_app.illustrator.drawing import Drawing, Frame, Stroke, Style
from clinic_app.illustrator.edges import edges_of
from clinic_app.illustrator.fills import all_of, face_of, fills_of, muscle_fills
from clinic_app.illustrator.ghost import ghost_of
from clinic_app.illustrator.ground import ground_of
from clinic_app.illustrator.labels import far_limbs, labels_of
from clinic_app.illustrator.lines import lines_of
from clinic_app.illustrator.muscles import muscles_shown
from clinic_app.illustrator.overlay import overlay_of
from clinic_app.illustrator.palette import tones_of
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.pose_file import Panel
from clinic_app.illustrator.raster import Raster, raster_of
from clinic_app.illustrator.reach import held
from clinic_app.illustrator.scene import Scene, scene_of
from clinic_app.illustrator.slivers import without_slivers
from clinic_app.illustrator.snap import snap_to_boxes

# Room about what is not in the raster.
ROOM = 4


class _Sheet:
    """Strokes as they come, and the frame about them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.strokes: dict[Style, list[Stroke]] = {}

    def add(self, painted: Iterable[tuple[Style, Stroke]], widens: bool = False) -> None:
        """Add strokes; `widens` when they may reach out of the raster."""
        for style, stroke in painted:
            self.strokes.setdefault(style, []).append(stroke)
            if widens:
                self.frame = self.frame.around(_frame_about(stroke, style.width / 2 + ROOM))


def drawing_of(panel: Panel) -> Drawing:
    """The panel, about the world's origin."""
    pose = panel.pose
    scene = scene_of(pose, held(pose).skeleton)
    raster = raster_of(scene)
    sheet = _Sheet(_frame_of(raster))
    for thing in (*pose.props, *pose.more_props):
        sheet.add(ground_of(thing, scene.view), widens=True)
    if pose.ghost:
        seen, outline = ghost_of(panel.start, pose.ghost)
        sheet.add(outline)
        sheet.frame = sheet.frame.around(_frame_of(seen))
    _add_body(sheet, pose, without_slivers(raster, scene), scene)
    sheet.add(overlay_of(pose, panel.start, scene), widens=True)
    return Drawing(sheet.frame, {style: tuple(strokes) for style, strokes in sheet.strokes.items()})


def _add_body(sheet: _Sheet, pose: Pose, raster: Raster, scene: Scene) -> None:
    far, tones, snap = far_limbs(pose, scene), tones_of(pose.person), snap_to_boxes(raster, scene)
    labels = labels_of(raster, scene, pose)
    muscles = muscles_shown(raster, scene, pose.muscles)
    sheet.add(fills_of(raster, labels, tones, snap))
    sheet.add(face_of(raster, labels, scene))
    sheet.add(muscle_fills(raster, muscles, tones["muscle"]))
    beside, below = edges_of(raster, scene, labels, all_of(muscles, raster), far)
    for style, strokes in lines_of(beside, below, raster, snap).items():
        sheet.add((style, stroke) for stroke in strokes)


def _frame_of(raster: Raster) -> Frame:
    rows, columns = raster.part.shape
    (left, top), (right, bottom) = raster.paper(np.array([(0, 0), (columns, rows)]))
    return Frame(round(left), round(top), round(right), round(bottom))


def _frame_about(stroke: Stroke, room: float) -> Frame:
    across, down = zip(*stroke.spots, strict=True)
    return Frame(
        round(min(across) - room), round(min(down) - room), round(max(across) + room), round(max(down) + room)
    )
