"""One leg may do more than the other; the line then says so in the shortest way there is."""

from dataclasses import replace

import pytest

from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.programme import Prescription, SideDose, WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.side_doses import other_dose, with_other_dose
from tests.programmes import library, programme, weak


def one_sided(**changes: int) -> Prescription:
    """A line on the weak right leg, with 1 set on the left."""
    lines = programme(weak("abductors", "right")).prescriptions
    line = next(one for one in lines if one.sides.mode is WorkMode.ONE_SIDE_PLUS_1_SET_OTHER)
    return replace(line, **{"sets": 3, "reps": 10, "hold_s": 0, **changes})


@pytest.mark.parametrize(
    ("other", "mode", "own"),
    [
        (SideDose(1, 10, 0), WorkMode.ONE_SIDE_PLUS_1_SET_OTHER, None),
        (SideDose(3, 10, 0), WorkMode.BOTH_SIDES, None),
        (SideDose(2, 10, 0), WorkMode.BOTH_SIDES, SideDose(2, 10, 0)),
        (SideDose(1, 9, 0), WorkMode.BOTH_SIDES, SideDose(1, 9, 0)),
        (SideDose(3, 10, 5), WorkMode.BOTH_SIDES, SideDose(3, 10, 5)),
    ],
)
def test_the_dose_of_the_other_leg_decides_how_the_line_reads(
    other: SideDose, mode: WorkMode, own: SideDose | None
) -> None:
    line = with_other_dose(one_sided(), other, library())
    assert line.sides == WorkedSides(mode, Side.RIGHT)
    assert line.other == own
    assert other_dose(line, library()) == other


@pytest.mark.parametrize("mode", [WorkMode.BOTH_SIDES, WorkMode.ONE_SIDE_PLUS_1_SET_OTHER])
def test_one_set_each_stays_as_it_was_read_from_the_screen(mode: WorkMode) -> None:
    line = replace(one_sided(sets=1), sides=WorkedSides(mode, Side.RIGHT))
    assert with_other_dose(line, SideDose(1, 10, 0), library()) == line


def test_one_set_on_the_other_leg_is_said_again_after_it_was_more() -> None:
    more = with_other_dose(one_sided(), SideDose(2, 8, 0), library())
    assert with_other_dose(more, SideDose(1, 10, 0), library()) == one_sided()


@pytest.mark.parametrize("mode", [WorkMode.BOTH_TOGETHER, WorkMode.BOTH_WAYS, WorkMode.ONE_SIDE_ONLY])
def test_a_leg_that_takes_no_turn_has_no_dose_of_its_own(mode: WorkMode) -> None:
    line = replace(one_sided(), sides=WorkedSides(mode, Side.RIGHT))
    assert other_dose(line, library()) is None
    assert with_other_dose(line, SideDose(2, 8, 0), library()) == line


def test_each_leg_takes_the_time_of_its_own_dose() -> None:
    line = replace(one_sided(), sides=WorkedSides(WorkMode.BOTH_SIDES, Side.RIGHT))
    alike = session_minutes([line], library())
    assert alike == round((6 * 10 * 6 + 2 * 30 + 30) / 60)
    assert session_minutes([replace(line, other=SideDose(1, 5, 0))], library()) == round(
        (3 * 10 * 6 + 5 * 6 + 2 * 30 + 30) / 60
    )
