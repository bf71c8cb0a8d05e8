"""The picture for the other side."""

from clinic_app.illustrator.drawing import Drawing, Frame, Layer, Stroke, Style
from clinic_app.illustrator.mirror import mirrored

LINE = Style(Layer.LINES, stroke="#26303a", width=3)
SIGN = Style(Layer.MARKS, stroke="#26303a", width=7)
DRAWING = Drawing(
    Frame(-20, 0, 100, 50),
    {
        LINE: (Stroke((5, 10), (((6, 12), (7, 14), (20, 30)), ((40, 50),)), closed=True),),
        SIGN: (Stroke((63, 20), (((73, 20),),), upright=70),),
    },
)


def test_a_picture_that_is_mirrored_twice_is_the_same() -> None:
    assert mirrored(mirrored(DRAWING)) == DRAWING


def test_every_line_is_turned_over_and_stays_at_its_height() -> None:
    turned = mirrored(DRAWING)
    assert turned.frame == Frame(-100, 0, 20, 50)
    assert turned.strokes[LINE][0].spots == ((-5, 10), (-6, 12), (-7, 14), (-20, 30), (-40, 50))


def test_a_sign_is_moved_to_the_other_side_and_not_turned_over() -> None:
    (sign,) = mirrored(DRAWING).strokes[SIGN]
    assert sign.upright == -70
    assert sign.spots == ((-77, 20), (-67, 20))
