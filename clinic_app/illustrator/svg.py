"""A drawing as SVG: paths only, in relative whole numbers, without text, style or script."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from clinic_app.illustrator.drawing import Drawing, Spot, Stroke, Style

PADDING = 10
COMMANDS = {1: "l", 2: "q", 3: "c"}


def svg_of(drawing: Drawing) -> str:
    """The drawing as one line of SVG."""
    frame = drawing.frame
    box = (
        frame.left - PADDING,
        frame.top - PADDING,
        frame.right - frame.left + 2 * PADDING,
        frame.bottom - frame.top + 2 * PADDING,
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(str, box))}" fill="none"'
        f' stroke-linecap="round" stroke-linejoin="round">{"".join(_groups(drawing))}</svg>\n'
    )


def _groups(drawing: Drawing) -> Iterator[str]:
    """The paths in the order of their layers; neighbours of one stroke colour say it once."""
    styles = sorted(drawing.strokes, key=lambda style: style.layer)
    for colour, group in groupby(styles, key=lambda style: style.stroke):
        alike = list(group)
        is_shared = bool(colour) and len(alike) > 1
        paths = "".join(_path(style, drawing.strokes[style], not is_shared) for style in alike)
        yield f'<g stroke="{colour}">{paths}</g>' if is_shared else paths


def _path(style: Style, strokes: Iterable[Stroke], names_stroke: bool) -> str:
    told = {
        "fill": style.fill,
        "stroke": style.stroke if names_stroke else "",
        "stroke-width": f"{style.width:g}" if style.stroke else "",
        "stroke-dasharray": style.dashes,
    }
    attributes = "".join(f' {name}="{value}"' for name, value in told.items() if value)
    return f'<path{attributes} d="{path_data(strokes)}"/>'


def path_data(strokes: Iterable[Stroke]) -> str:
    """The strokes as the data of one path."""
    told: list[str] = []
    pen: Spot = (0, 0)
    for stroke in strokes:
        told.append(("m" if told else "M") + _numbers([stroke.start], pen))
        pen, last = stroke.start, ""
        for step in stroke.steps:
            command, numbers = _command(step, pen)
            told.append(command + numbers if command != last else _apart(numbers))
            pen, last = step[-1], command
        if stroke.closed:
            told.append("z")
            pen = stroke.start
    return "".join(told)


def _command(step: tuple[Spot, ...], pen: Spot) -> tuple[str, str]:
    (x, y), (pen_x, pen_y) = step[-1], pen
    if len(step) == 1 and y == pen_y:
        return "h", str(x - pen_x)
    if len(step) == 1 and x == pen_x:
        return "v", str(y - pen_y)
    return COMMANDS[len(step)], _numbers(step, pen)


def _numbers(spots: Iterable[Spot], pen: Spot) -> str:
    values = [str(value - origin) for place in spots for value, origin in zip(place, pen, strict=True)]
    return values[0] + "".join(_apart(value) for value in values[1:])


def _apart(number: str) -> str:
    """A number after another: a minus sign already keeps them apart."""
    return number if number.startswith("-") else f" {number}"
