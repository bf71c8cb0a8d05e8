"""Which borders between pixels are lines, and of what kind."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clinic_app.illustrator.geometry import Array, Mask, Whole
from clinic_app.illustrator.labels import Labels
from clinic_app.illustrator.names import parted
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.shape import Part

Edges = NDArray[np.uint8]


class Line(IntEnum):
    """How a line is drawn: 0 is none."""

    HEM = 1
    CONTOUR = 2
    PROP = 3
    SOFT_PROP = 4
    FAR_HEM = 5
    FAR_CONTOUR = 6


SOFT_TONES = ("pillow", "band", "towel", "dynamometer")
# A jump in depth, in units, is a contour; under the chin a smaller one is, so that the jaw closes.
JUMP = 1.15
SMALL_JUMPS = {("head", "head"): 0.6, ("head", "neck"): 0.06, ("head", "thorax"): 0.06}
# Parts this many steps apart, from neighbour to neighbour, flow into each other without a line.
NEAR = 2
ALWAYS_FLOW = ({"hair", "neck"}, {"hair", "eye"})
NEVER_FLOW = ({"head", "ear"}, {"hair", "bun"})
# Where a body touches a prop the line is the body's, as if it were this much nearer, in units.
BODY_FIRST = 2.0


def edges_of(
    raster: Raster, scene: Scene, labels: Labels, muscle: Mask, far: tuple[str, ...]
) -> tuple[Edges, Edges]:
    """The kind of line between each pixel and its right neighbour, and between it and the one below."""
    rules = _Rules(scene, labels, far)
    pixels = _Pixels(raster.depth, raster.part, labels.of, muscle)
    beside = rules.lines(pixels.only(np.s_[:, :-1]), pixels.only(np.s_[:, 1:]))
    below = rules.lines(pixels.only(np.s_[:-1]), pixels.only(np.s_[1:]))
    return beside, below


@dataclass(frozen=True, slots=True, eq=False)
class _Pixels:
    """What the rules look at, of each pixel."""

    depth: Array
    part: Whole
    label: Whole
    muscle: Mask

    def only(self, which: Any) -> "_Pixels":
        return _Pixels(self.depth[which], self.part[which], self.label[which], self.muscle[which])


class _Rules:
    """What two pixels side by side must have, part by part, for a line between them."""

    def __init__(self, scene: Scene, labels: Labels, far: tuple[str, ...]) -> None:
        parts = scene.parts
        # The background comes last: -1 finds it.
        self.flows = _flows(scene)
        self.jump = _jumps(parts)
        self.is_body = np.array([*(part.is_skin for part in parts), False])
        self.is_prop = np.array([*(not part.is_skin for part in parts), False])
        self.is_soft = np.array([*(part.tone in SOFT_TONES for part in parts), False])
        self.is_far = np.array([*(part.limb in far for part in parts), False])
        tones = list(dict.fromkeys(tone for tone, _ in labels.names))
        self.tone = np.array([tones.index(tone) for tone, _ in labels.names])
        self.piece = np.array([place if piece else 0 for place, (_, piece) in enumerate(labels.names)])
        self.is_eye = np.array([tone == "ink" for tone, _ in labels.names])

    def lines(self, one: _Pixels, two: _Pixels) -> Edges:
        """The kind of line between each pixel of one and its neighbour in two."""
        pair = (one.part, two.part)
        both = (one.part >= 0) & (two.part >= 0)
        outline = (one.part >= 0) != (two.part >= 0)
        jumps = np.abs(one.depth - two.depth) > self.jump[pair]
        meets = ~self.flows[pair] & (one.part != two.part)
        hem = both & self._label_changes(one.label, two.label) & ~(one.muscle & two.muscle)
        contour = outline | both & (jumps | meets)
        kinds = np.where(contour, Line.CONTOUR, np.where(hem, Line.HEM, 0))
        owner = self._owner(one, two)
        kinds[(kinds > 0) & self.is_prop[owner]] = Line.PROP
        kinds[(kinds == Line.PROP) & self.is_soft[owner]] = Line.SOFT_PROP
        kinds[(kinds == Line.HEM) & self.is_far[owner]] = Line.FAR_HEM
        kinds[(kinds == Line.CONTOUR) & self.is_far[owner]] = Line.FAR_CONTOUR
        return kinds.astype(np.uint8)

    def _label_changes(self, one: Whole, two: Whole) -> Mask:
        piece, other = self.piece[one], self.piece[two]
        changes = (self.tone[one] != self.tone[two]) | ((piece > 0) & (other > 0) & (piece != other))
        made: Mask = changes & ~self.is_eye[one] & ~self.is_eye[two]
        return made

    def _owner(self, one: _Pixels, two: _Pixels) -> Whole:
        """The part that the line belongs to: the nearer one, and at a contact the body."""
        first = BODY_FIRST * (self.is_body[one.part].astype(float) - self.is_body[two.part])
        return np.where(one.depth + first >= two.depth, one.part, two.part)


def _flows(scene: Scene) -> Mask:
    """Which pairs of parts meet without a line."""
    count = len(scene.parts) + 1
    steps = np.eye(count, dtype=int)
    for one, two, _ in scene.neighbours:
        steps[one, two] = steps[two, one] = 1
    flows = np.linalg.matrix_power(steps, NEAR) > 0
    for one, part in enumerate(scene.parts):
        for two, other in enumerate(scene.parts):
            flows[one, two] = _meet(part, other, bool(flows[one, two]))
    return flows


def _meet(one: Part, two: Part, are_near: bool) -> bool:
    (name, side), (other, other_side) = parted(one.name), parted(two.name)
    pair = {name, other}
    if pair in NEVER_FLOW or (side and other_side and side != other_side):
        return False
    return are_near or pair in ALWAYS_FLOW


def _jumps(parts: tuple[Part, ...]) -> Array:
    jumps = np.full((len(parts) + 1, len(parts) + 1), JUMP)
    places = {part.name: place for place, part in enumerate(parts)}
    for (one, two), jump in SMALL_JUMPS.items():
        jumps[places[one], places[two]] = jumps[places[two], places[one]] = jump
    return jumps
