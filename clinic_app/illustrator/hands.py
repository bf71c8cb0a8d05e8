"""The shapes of a hand: fingers towards -z, thumb on +x, and the palm towards -y on a left hand."""

from dataclasses import replace

import numpy as np

from clinic_app.illustrator.geometry import Array, Vectorial, frame_hinged, square_to, unit
from clinic_app.illustrator.shape import Shape, cone, ellipsoid

# Index to little finger: where it starts across the palm, and how long it is.
FINGERS = ((1.65, 3.9), (0.55, 4.4), (-0.55, 4.1), (-1.6, 3.1))
KNUCKLES = -4.6
# The far link of a finger is bent this many times as far as the near one, from the palm on.
FAR_BEND = 2.1


def hand_shapes(part: str, out: int, bend: float) -> list[Shape]:
    """A hand in its own frame, its fingers bent by `bend` degrees a joint; `out` is +1 for a left hand."""
    shapes = [ellipsoid(part, (0.1, 0, -2.9), (2.25, 1.05, 3.2))]
    for number, (x, length) in enumerate(FINGERS):
        near, far = np.radians(bend), np.radians(bend * FAR_BEND)
        knuckle = np.array([x * 0.95, 0, KNUCKLES])
        middle = knuckle + length * 0.52 * np.array([x * 0.03, -out * np.sin(near), -np.cos(near)])
        tip = middle + length * 0.48 * np.array([0, -out * np.sin(far), -np.cos(far)])
        links = (cone(part, knuckle, middle, (0.72, 0.64)), cone(part, middle, tip, (0.64, 0.52)))
        shapes += [replace(link, finger=str(number)) for link in links]
    thumb = [(1.3, -0.3 * out, -1.7), (2.9, -0.9 * out, -4.0), (3.2, -1.2 * out, -5.8)]
    shapes.append(cone(part, thumb[0], thumb[1], (0.85, 0.72)))
    shapes.append(cone(part, thumb[1], thumb[2], (0.70, 0.55)))
    return shapes


def hand_frame(fingers: Vectorial, palm: Vectorial, out: int) -> Array:
    """The frame of a hand whose fingers and palm point in these directions; `out` is +1 for a left hand."""
    z = -unit(fingers)
    return frame_hinged(z, -out * square_to(z, palm))
