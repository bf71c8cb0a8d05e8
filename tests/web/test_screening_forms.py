"""The forms of a test: made from the item's fields, and read back as the document of a finding."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from clinic_app.domain.finding import Finding, PainLimited
from clinic_app.domain.protocol import Item, Side
from clinic_app.web.screening_forms import finding_form, form_data
from clinic_app.web.typed import number_of


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    """The forms are made while a page is asked for."""
    with app.test_request_context():
        yield


def item(app: Flask, name: str) -> Item:
    """One test of the library."""
    found: Item = app.extensions["clinic"]["library"].items[name]
    return found


def typed(app: Flask, name: str, side: Side | None, **fields: str) -> dict[str, object]:
    """The document that these fields make."""
    prefix = f"{side}-" if side else ""
    form = MultiDict({f"{prefix}{key}": value for key, value in fields.items()})
    return finding_form(item(app, name), side, form).document()


def test_whole_and_finer_grade_make_one_grade(app: Flask) -> None:
    document = typed(app, "mmt_hip_abduction", Side.RIGHT, grade_whole="4", finer="minus")
    assert document["values"] == {"grade": "4-"}


def test_a_finer_grade_alone_is_no_grade(app: Flask) -> None:
    form = finding_form(item(app, "mmt_hip_abduction"), Side.LEFT, MultiDict({"left-finer": "plus"}))
    assert form.blank


def test_the_sides_do_not_mix(app: Flask) -> None:
    document = typed(app, "mmt_hip_abduction", Side.LEFT, grade_whole="5")
    assert document["values"] == {"grade": "5"}
    other = finding_form(item(app, "mmt_hip_abduction"), Side.RIGHT, MultiDict({"left-grade_whole": "5"}))
    assert other.blank


def test_a_test_not_done_has_no_values(app: Flask) -> None:
    document = typed(
        app, "mmt_hip_abduction", Side.LEFT, status="not_done", grade_whole="5", not_done_reason="declined"
    )
    assert document["values"] == {}
    assert document["not_done_reason"] == "declined"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,4", Decimal("12.4")),
        ("12.0", Decimal("12.0")),
        (" 7 ", 7),
        ("", None),
        ("NaN", "NaN"),
        ("7 s", "7 s"),
    ],
)
def test_numbers_are_read_with_comma_or_point_and_anything_else_is_kept_to_be_refused(
    text: str, number: object
) -> None:
    assert number_of(text) == number
    assert type(number_of(text)) is type(number)


@pytest.mark.parametrize(
    ("name", "side", "values"),
    [
        ("mmt_hip_abduction", Side.RIGHT, {"grade": "3+", "alt_position": True}),
        ("trendelenburg_30s", Side.LEFT, {"result": "drop", "seconds": Decimal("12.4")}),
        ("gait_observation", Side.LEFT, {"patterns": ["drop", "other"], "degree": "mild"}),
        ("single_leg_squat", Side.RIGHT, {"rating": "fair", "criteria": {"trunk": "ok", "knee": "not_ok"}}),
        ("resting_bp", None, {"readings": [{"sbp": 142, "dbp": 88}]}),
        ("lumbar_l5_motor", Side.LEFT, {"heel_walk": "weak", "toe_grade": "4-"}),
        ("sls_time", Side.LEFT, {"trials_s": [Decimal("12.5"), 45]}),
        ("step_down", Side.RIGHT, {"arms": 1, "trunk": 0, "knee": 2, "score": 4}),
        ("hhd_setup", None, {"unit": "kgf", "abduction": {"method": "make", "lever_cm": Decimal("36.5")}}),
        (
            "hhd_abduction",
            Side.LEFT,
            {"entered": {"unit": "kgf", "trials": [Decimal("12.3")]}, "pad": "Thigh"},
        ),
        ("symptom_behaviour", None, {"falls_12m": 2}),
    ],
)
def test_what_is_recorded_comes_back_as_it_was(
    app: Flask, name: str, side: Side | None, values: dict[str, object]
) -> None:
    finding = Finding(name, side, values=values, pain=2, pain_limited=PainLimited.NO, note="Calm")  # type: ignore[arg-type]
    test = item(app, name)
    document = finding_form(test, side, finding=finding).document()
    assert document["values"] == values
    assert document["note"] == "Calm"
    assert form_data(test, finding)["status"] == "done"


def test_newtons_recorded_without_a_unit_are_shown_as_newtons(app: Flask) -> None:
    finding = Finding("hhd_er", Side.LEFT, values={"trials_n": (Decimal("99.5"),)})
    document = finding_form(item(app, "hhd_er"), Side.LEFT, finding=finding).document()
    assert document["values"] == {"entered": {"unit": "N", "trials": [Decimal("99.5")]}}


def test_a_unit_without_a_trial_is_no_answer(app: Flask) -> None:
    sent = MultiDict({"left-entered.unit": "kgf"})
    assert finding_form(item(app, "hhd_er"), Side.LEFT, sent).blank
