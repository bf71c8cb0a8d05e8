"""The ink lines of a panel."""

import numpy as np

from clinic_app.illustrator.drawing import Layer, Stroke, Style, curve, polyline
from clinic_app.illustrator.edges import Edges, Line
from clinic_app.illustrator.fit import fitted
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.join import joined, without_crumbs
from clinic_app.illustrator.palette import FAR_INK, INK
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.smooth import simplified, smooth_loop, smooth_way
from clinic_app.illustrator.snap import Snap
from clinic_app.illustrator.trace import Chain, Corner, chains_of

# The smallest print of a picture makes 1.5 points of 10 units: no outline is thinner than that on paper.
STYLES = {
    Line.FAR_HEM: Style(Layer.FAR_LINES, stroke=FAR_INK, width=6),
    Line.FAR_CONTOUR: Style(Layer.FAR_LINES, stroke=FAR_INK, width=10),
    Line.PROP: Style(Layer.LINES, stroke=INK, width=10),
    Line.SOFT_PROP: Style(Layer.LINES, stroke=INK, width=10),
    Line.HEM: Style(Layer.LINES, stroke=INK, width=6),
    Line.CONTOUR: Style(Layer.LINES, stroke=INK, width=10),
}
# In units: the smoothing of curves, how near straight lines and curves stay to the pixels, and what is too
# short: a loose end, and a whole line.
SMOOTHING, STRAIGHT, CLOSE, LOOSE_END, SHORTEST = 0.6, 0.15, 0.2, 2.3, 1.0
CORNER = 95


def lines_of(beside: Edges, below: Edges, raster: Raster, snap: Snap) -> dict[Style, list[Stroke]]:
    """All lines along the borders right of and below the pixels, by how they are drawn."""
    chains = without_crumbs(chains_of(beside, below), LOOSE_END / raster.pixel)
    chains = [
        chain for chain in joined(chains) if chain.is_closed or len(chain.corners) * raster.pixel > SHORTEST
    ]
    strokes: dict[Style, list[Stroke]] = {style: [] for style in STYLES.values()}
    for chain, points in zip(chains, _smoothed(chains, raster.pixel), strict=True):
        if chain.kind == Line.PROP:
            stroke: Stroke | None = polyline(raster.paper(snap(points)))
        else:
            curves = fitted(points, CLOSE / raster.pixel, CORNER, closed=chain.is_closed)
            stroke = curve(raster.paper(curves.reshape(-1, 2)).reshape(-1, 4, 2))
        if stroke and stroke.steps:
            strokes[STYLES[Line(chain.kind)]].append(stroke)
    return {style: alike for style, alike in strokes.items() if alike}


def _smoothed(chains: list[Chain], pixel: float) -> list[Array]:
    """Each chain as a polyline; an end that meets another curve is moved onto where that curve now runs."""
    polylines = [_polyline(chain, np.array(chain.corners, float), pixel) for chain in chains]
    passing: dict[Corner, int] = {}
    for number, chain in enumerate(chains):
        for corner in chain.corners[1:-1]:
            passing.setdefault(corner, number)
    smoothed = list(polylines)
    for number, chain in enumerate(chains):
        if chain.kind == Line.PROP or chain.is_closed:
            continue
        corners = np.array(chain.corners, float)
        for end in (0, -1):
            host = passing.get(chain.corners[end], number)
            if host != number and chains[host].kind != Line.PROP:
                away = ((polylines[host] - corners[end]) ** 2).sum(1)
                corners[end] = polylines[host][away.argmin()]
        smoothed[number] = _polyline(chain, corners, pixel)
    return smoothed


def _polyline(chain: Chain, corners: Array, pixel: float) -> Array:
    if chain.kind == Line.PROP:
        return simplified(corners, STRAIGHT / pixel)
    if chain.is_closed:
        return smooth_loop(corners[:-1], SMOOTHING / pixel)
    return smooth_way(corners, SMOOTHING / pixel)
