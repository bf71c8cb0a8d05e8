"""The body map: the outline of the body, and each place or muscle group as a shape of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np

from clinic_app.illustrator.drawing import Drawing, Layer, Stroke, curve
from clinic_app.illustrator.fit import fitted
from clinic_app.illustrator.geometry import Array, Mask, Vector
from clinic_app.illustrator.names import SEGMENTS, SIDES, parted
from clinic_app.illustrator.panel import drawing_of
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.pose_file import Panel, laid_over, read_tables
from clinic_app.illustrator.raster import Raster, raster_of
from clinic_app.illustrator.reach import held
from clinic_app.illustrator.scene import Scene, scene_of
from clinic_app.illustrator.schema import Reader
from clinic_app.illustrator.smooth import smooth_loop
from clinic_app.illustrator.svg import path_data
from clinic_app.illustrator.trace import outlines

# Places are on the trunk and the legs; an arm that hangs before them is not part of one.
ABOVE = ("upper_arm", "forearm", "hand", "sleeve", "thorax", "neck", "head", "hair", "ear", "eye")
# In units: smoothing, how near a shape stays to its pixels, and the least way round one.
SMOOTHING, CLOSE, SHORTEST = 0.8, 0.25, 4
UNITS = 10


@dataclass(frozen=True, slots=True)
class Region:
    """A place: what of the body lies in an ellipsoid, in the frame of a segment of the left side."""

    name: str
    on: Annotated[str, SEGMENTS]
    at: Vector
    radii: Vector


@dataclass(frozen=True, slots=True)
class View:
    """One view: its regions, the later ones over the earlier, and what is seen: left, bottom, right, top."""

    id: str
    frame: tuple[float, float, float, float]
    regions: tuple[Region, ...]
    as_in_a_mirror: bool = False


def read_views(file: Path) -> tuple[tuple[View, Pose], ...]:
    """The views of the body map. Raises PoseError when the file is not as it should be."""
    reader = Reader(file.name)
    table = read_tables(reader, file)
    common = {key: value for key, value in table.items() if key != "views"}
    views = []
    for number, given in enumerate(reader.value(tuple[dict, ...], table.get("views", []), "views"), start=1):  # type: ignore[type-arg]
        key = f"views[{number}]"
        own = {name: value for name, value in given.items() if name in View.__dataclass_fields__}
        posed = {name: value for name, value in given.items() if name not in own}
        views.append((reader.record(View, own, key), reader.record(Pose, laid_over(common, posed), key)))
    return tuple(views)


def body_map_of(views: tuple[tuple[View, Pose], ...]) -> str:
    """All views as TOML: `box` is left, top, width, height; the shapes are paths of SVG."""
    return "\n".join(line for view, pose in views for line in _lines(view, pose))


def _lines(view: View, pose: Pose) -> Iterator[str]:
    drawing = drawing_of(Panel(pose, pose))
    left, bottom, right, top = (round(edge * UNITS) for edge in view.frame)
    yield f"[{view.id}]"
    yield f"box = [{left}, {-top}, {right - left}, {top - bottom}]"
    for name, strokes in _outline(drawing).items():
        yield f'{name} = "{path_data(strokes)}"'
    scene = scene_of(pose, held(pose).skeleton)
    raster = raster_of(scene)
    for region in view.regions:
        yield f"\n[{view.id}.regions.{region.name}]"
        for side in SIDES:
            drawn = next(other for other in SIDES if other != side) if view.as_in_a_mirror else side
            shapes = tuple(_shapes(_where(region, drawn, raster, scene), raster))
            yield f'{side} = "{path_data(shapes)}"'
    yield ""


def _outline(drawing: Drawing) -> Mapping[str, tuple[Stroke, ...]]:
    """The body as an area, its contour, and the thinner lines inside it."""
    lines = sorted((style for style in drawing.strokes if style.layer is Layer.LINES), key=lambda s: s.width)
    body = next(style for style in drawing.strokes if style.layer is Layer.BODY)
    return {
        "body": drawing.strokes[body],
        "outline": drawing.strokes[lines[-1]],
        "hems": drawing.strokes[lines[0]],
    }


def _where(region: Region, side: str, raster: Raster, scene: Scene) -> Mask:
    rows, columns, points = raster.surface()
    stem, own_side = parted(region.on)
    outward = np.array([1, 1 if side == SIDES[0] else -1, 1])
    away = (
        scene.skeleton.local(points, f"{stem}_{side}" if own_side else stem) - np.array(region.at) * outward
    )
    names = np.array([parted(part.name)[0] for part in scene.parts])
    inside = ((away / np.array(region.radii)) ** 2).sum(1) < 1
    inside &= ~np.isin(names[raster.part[rows, columns]], ABOVE)
    where = np.zeros(raster.part.shape, bool)
    where[rows[inside], columns[inside]] = True
    return where


def _shapes(where: Mask, raster: Raster) -> Iterator[Stroke]:
    for corners in outlines(where):
        if len(corners) * raster.pixel >= SHORTEST:
            pieces: Array = fitted(
                smooth_loop(corners, SMOOTHING / raster.pixel), CLOSE / raster.pixel, closed=True
            )
            stroke = curve(raster.paper(pieces.reshape(-1, 2)).reshape(pieces.shape), closed=True)
            if stroke:
                yield stroke
