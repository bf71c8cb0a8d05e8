"""Takes crumbs out of a raster: what peeps out behind a limb would be drawn as a double line."""

from dataclasses import replace

import numpy as np
from scipy.ndimage import distance_transform_edt, find_objects, label

from clinic_app.illustrator.geometry import Mask, Whole
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.scene import Scene

THINNEST = 0.45
"""A visible piece of a limb stays if a disc of this radius, in units, fits into it."""


def without_slivers(raster: Raster, scene: Scene) -> Raster:
    """The raster with every crumb replaced by the nearest pixel that stays."""
    limbs = {
        limb: number for number, limb in enumerate(dict.fromkeys(part.limb for part in scene.parts), start=1)
    }
    of_part = np.array([*(limbs[part.limb] for part in scene.parts), 0])
    crumbs = _crumbs(of_part[raster.part], THINNEST / raster.pixel)
    if not crumbs.any():
        return raster
    rows, columns = distance_transform_edt(crumbs, return_distances=False, return_indices=True)
    return replace(
        raster,
        depth=raster.depth[rows, columns],
        part=raster.part[rows, columns],
        shape=raster.shape[rows, columns],
    )


def _crumbs(limbs: Whole, thinnest: float) -> Mask:
    crumbs = np.zeros(limbs.shape, bool)
    for number, where in enumerate(find_objects(limbs), start=1):
        if where is None:
            continue
        here = np.pad(limbs[where] == number, 1)
        pieces, count = label(here)
        widest = np.zeros(count + 1)
        np.maximum.at(widest, pieces.ravel(), distance_transform_edt(here).ravel())
        crumbs[where] |= ((widest < thinnest)[pieces] & here)[1:-1, 1:-1]
    return crumbs
