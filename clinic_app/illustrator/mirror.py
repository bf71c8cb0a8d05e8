"""The picture for the other side: its mirror image, in which signs stay upright."""

from dataclasses import replace

from clinic_app.illustrator.drawing import Drawing, Frame, Spot, Stroke


def mirrored(drawing: Drawing) -> Drawing:
    """The drawing turned over about x = 0."""
    frame = drawing.frame
    strokes = {style: tuple(map(_mirrored, alike)) for style, alike in drawing.strokes.items()}
    return Drawing(Frame(-frame.right, frame.top, -frame.left, frame.bottom), strokes)


def moved(drawing: Drawing, right: int) -> Drawing:
    """The drawing so far to the right."""
    frame = drawing.frame
    strokes = {
        style: tuple(_moved(stroke, right) for stroke in alike) for style, alike in drawing.strokes.items()
    }
    return Drawing(Frame(frame.left + right, frame.top, frame.right + right, frame.bottom), strokes)


def _mirrored(stroke: Stroke) -> Stroke:
    if stroke.upright is not None:
        return _moved(stroke, -2 * stroke.upright)
    return _changed(stroke, -1, 0)


def _moved(stroke: Stroke, right: int) -> Stroke:
    moved = _changed(stroke, 1, right)
    return moved if stroke.upright is None else replace(moved, upright=stroke.upright + right)


def _changed(stroke: Stroke, sign: int, right: int) -> Stroke:
    def change(place: Spot) -> Spot:
        return sign * place[0] + right, place[1]

    steps = tuple(tuple(map(change, step)) for step in stroke.steps)
    return replace(stroke, start=change(stroke.start), steps=steps)
