"""All that is solid in one panel, seen from the camera."""

from dataclasses import dataclass

import numpy as np

from clinic_app.illustrator import body
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.pose import Camera, Pose
from clinic_app.illustrator.props import Solid, solids_of
from clinic_app.illustrator.shape import Part, Shape
from clinic_app.illustrator.skeleton import Skeleton


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Parts, their shapes, and which parts melt into each other (two places in `parts`, and how far).

    The rows of `view` are the directions to the right, upwards and towards the viewer.
    """

    skeleton: Skeleton
    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]
    neighbours: tuple[tuple[int, int, float], ...]
    view: Array

    def place_of(self, part: str) -> int:
        """Where a part stands in `parts`."""
        return next(place for place, known in enumerate(self.parts) if known.name == part)


def scene_of(pose: Pose, skeleton: Skeleton, with_props: bool = True) -> Scene:
    """The person of the pose and the things around."""
    things = (*pose.props, *pose.more_props) if with_props else ()
    solids = [solid for thing in things for solid in solids_of(thing, skeleton)]
    parts = _parts(pose, solids)
    places = {name: place for place, name in enumerate(parts)}
    shapes = [*body.shapes_of(pose, skeleton), *(shape for solid in solids for shape in solid.shapes)]
    melting = [
        (places[one], places[two], melt)
        for one, two, melt in body.neighbours()
        if one in places and two in places
    ]
    return Scene(skeleton, tuple(parts.values()), tuple(shapes), tuple(melting), view_from(pose.camera))


def _parts(pose: Pose, solids: list[Solid]) -> dict[str, Part]:
    """Parts by name; two props of one name are one part."""
    return {part.name: part for part in (*body.parts_of(pose), *(solid.part for solid in solids))}


def view_from(camera: Camera) -> Array:
    """The directions to the right, upwards and towards the viewer, as rows; 0, 0 looks at the world's -x."""
    turn, height = np.radians([camera.turn, camera.height])
    right = np.array([-np.sin(turn), np.cos(turn), 0])
    towards = np.array([np.cos(height) * np.cos(turn), np.cos(height) * np.sin(turn), np.sin(height)])
    return np.array([right, np.cross(towards, right), towards])
