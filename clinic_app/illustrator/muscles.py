"""The working muscle: a region of the surface, with the direction of its fibres."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt, label

from clinic_app.illustrator.geometry import Array, Mask, Vector
from clinic_app.illustrator.names import outward, parted
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.scene import Scene


@dataclass(frozen=True, slots=True)
class Muscle:
    """What of the surface of some parts lies inside an ellipsoid in the frame `of`, on the left side.

    Fibres are where a field has one of the `levels`: the angle about `apex` in the x-z plane, in radians, or
    the height along `across`.
    """

    of: str
    on: tuple[str, ...]
    centre: Vector
    radii: Vector
    levels: tuple[float, ...]
    apex: Vector | None = None
    across: Vector = (0, 0, 0)


BUTTOCK = ("pelvis", "thigh", "short", "abdomen")
MUSCLES = {
    "gluteus_medius": Muscle(
        "hip", BUTTOCK, (-0.6, 7.2, 3.4), (7, 5, 5), (-0.5, -0.17, 0.17, 0.5), apex=(0, 8, -4.5)
    ),
    "gluteus_maximus": Muscle(
        "hip", BUTTOCK, (-6, 4.6, -0.4), (5.2, 4.5, 5.4), (-2.6, -0.9, 0.9, 2.6), across=(0.35, 0.45, 0.8)
    ),
    "quadriceps": Muscle(
        "thigh", ("thigh", "short"), (4.6, 0.6, -15), (4.2, 3.6, 8.5), (-1.6, 0, 1.6), across=(0, 1, 0)
    ),
}
# A visible piece counts from this many pixels on, and from this share of the largest piece.
LEAST_PIXELS, LEAST_SHARE = 350, 0.12
# Fibres keep this far from the edge of the muscle, in units, and are drawn in pieces of this many pixels.
EDGE, ENOUGH = 0.42, 400


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A muscle as it is seen: where (height x width), and the field whose levels are its fibres."""

    where: Mask
    field: Array
    levels: tuple[float, ...]


def muscles_shown(raster: Raster, scene: Scene, names: tuple[str, ...]) -> list[Shown]:
    """Every named muscle ("gluteus_medius_left") on the surface that is seen."""
    return [_shown(raster, scene, *parted(name)) for name in names]


def _shown(raster: Raster, scene: Scene, name: str, side: str) -> Shown:
    muscle, out = MUSCLES[name], (1, outward(side), 1)
    rows, columns, points = raster.surface()
    on = [number for number, part in enumerate(scene.parts) if _belongs(part.name, muscle.on, side)]
    here = np.isin(raster.part[rows, columns], on)
    rows, columns = rows[here], columns[here]
    local = scene.skeleton.local(points[here], f"{muscle.of}_{side}")
    from_centre = local - np.multiply(muscle.centre, out)
    inside = ((from_centre / muscle.radii) ** 2).sum(1) < 1
    where = np.zeros(raster.part.shape, bool)
    where[rows[inside], columns[inside]] = True
    field = np.full(raster.part.shape, np.inf)
    if muscle.apex:
        x, _, z = (local - np.multiply(muscle.apex, out)).T
        field[rows, columns] = np.arctan2(x, z)
    else:
        field[rows, columns] = from_centre @ np.multiply(muscle.across, out)
    return Shown(_that_matters(where), field, muscle.levels)


def _belongs(part: str, on: tuple[str, ...], side: str) -> bool:
    stem, own = parted(part)
    return stem in on and own in ("", side)


def _that_matters(where: Mask) -> Mask:
    pieces, count = label(where)
    if not count:
        return where
    sizes = np.bincount(pieces.ravel())
    sizes[0] = 0
    that_matters: Mask = sizes > max(LEAST_PIXELS, LEAST_SHARE * sizes.max())
    kept: Mask = that_matters[pieces]
    return kept


def fibres(shown: Shown, pixel: float) -> Iterator[tuple[Mask, Mask]]:
    """For each fibre: the two sides of it, and where in the muscle it may run."""
    if shown.where.sum() < ENOUGH:
        return
    core = distance_transform_edt(shown.where) > EDGE / pixel
    for level in shown.levels:
        yield shown.field > level, core
