"""From a picture's pose file to SVG: panels side by side, for the side that is worked or for the other."""

from clinic_app.illustrator.drawing import Drawing, Frame, Stroke, Style
from clinic_app.illustrator.mirror import mirrored, moved
from clinic_app.illustrator.names import SIDES
from clinic_app.illustrator.panel import drawing_of
from clinic_app.illustrator.pose_file import Figure
from clinic_app.illustrator.svg import svg_of


def draw(figure: Figure) -> dict[str, str]:
    """The picture as SVG by worked side, "left" and "right" (mirrored), or "" if it has no side."""
    panels = [drawing_of(panel) for panel in figure.panels]
    pictures = {figure.worked: panels}
    if figure.worked in SIDES:
        (other,) = set(SIDES) - {figure.worked}
        pictures[other] = [mirrored(panel) for panel in panels]
    gap = round(figure.gap)
    return {side if side in SIDES else "": svg_of(side_by_side(each, gap)) for side, each in pictures.items()}


def side_by_side(panels: list[Drawing], gap: int) -> Drawing:
    """The panels from left to right, those strokes together that are painted alike."""
    strokes: dict[Style, tuple[Stroke, ...]] = {}
    first = panels[0].frame
    frame, right = Frame(0, first.top, 0, first.bottom), 0
    for panel in panels:
        placed = moved(panel, right - panel.frame.left)
        frame, right = frame.around(placed.frame), placed.frame.right + gap
        for style, more in placed.strokes.items():
            strokes[style] = strokes.get(style, ()) + more
    return Drawing(frame, strokes)
