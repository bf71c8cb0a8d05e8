"""Whole screenings made by chance out of the content itself: any test, answer, side, person, precaution.

Hypothesis draws a seed and each seed is one screening: a failure names the seed that makes it again. Each
screening leans to one part of the screen, so that what several findings say together comes up often. A new
field or test of the content is generated without a change here.
"""

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status, Value
from clinic_app.domain.protocol import FieldKind, Item, Side
from clinic_app.domain.screening import Answer, PrecautionRow, Precautions, Screening, Sex, Subject
from tests.chance import Chance
from tests.screens import library

# How many screenings each property sees: few in the normal run, many when asked for.
EXAMPLES = int(os.environ.get("GENERATED_SCREENINGS", "100"))
thorough = settings(deadline=None, max_examples=EXAMPLES)

_MANUAL = "mmt_hip_abduction mmt_gmed_posterior mmt_hip_extension mmt_hip_er mmt_hip_ir"
_PLACE = "symptom_location symptom_behaviour"
_LEANINGS = tuple(
    items.split()
    for items in (
        f"{_MANUAL} trendelenburg_30s gait_observation single_leg_squat hip_lag_sign",
        "irritability hhd_setup hhd_abduction mmt_hip_abduction hhd_extension mmt_hip_extension",
        "hhd_setup hhd_abduction mmt_hip_abduction",
        "hhd_setup hhd_er hhd_ir mmt_hip_er mmt_hip_ir",
        f"{_PLACE} mmt_hip_abduction mmt_tfl lumbar_l5_motor slr_slump neuro_sensation",
        f"{_PLACE} mmt_hip_abduction trendelenburg_30s hip_lag_sign palpation_gt",
        f"{_PLACE} mmt_hip_abduction palpation_gt resisted_abduction_pain sls_pain_30s fader add_test faber"
        " resisted_ext_derotation",
        f"{_PLACE} hip_rom fadir mmt_hip_extension gait_observation",
        "chair_stand_30s five_x_sts sls_time mmt_hip_abduction mmt_hip_extension resting_bp",
        "bridge_single_leg_hold side_bridge_hold mmt_hip_extension step_down single_leg_squat leg_length",
    )
)
RECORDED = tuple(item.id for item in library().items.values() if item.id not in WITHOUT_FINDING)
ASKED = tuple(row.id for row in library().red_flags.values() if row.under_age is None)

_PAINS = [0, 0, 0, 0, 0, 0, None, 1, 2, 3, 4, 5, 8, 10]
_STOPPED = [PainLimited.NO] * 8 + [PainLimited.UNSURE, PainLimited.YES]


class Maker(Chance):
    """Makes one screening; the same seed and content make the same one."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._alike: dict[tuple[str, str], Value] = {}

    def screening(self) -> Screening:
        """A whole screening that the product would take: mostly no red flag, mostly few precautions."""
        return Screening(
            self.one(sorted(library().protocols)),
            self._subject(),
            red_flags=self._red_flags(),
            precautions=Precautions(not self.rarely(), self._rows()),
            findings=tuple(self._findings()),
            opened=tuple(self.some(RECORDED, 3)) if self.rarely() else (),
        )

    def _subject(self) -> Subject:
        ages = self.one([(18, 40), (18, 66), (50, 95), (60, 94), (12, 110)])
        return Subject(
            self._random.randint(*ages),
            self.one([Sex.FEMALE, Sex.FEMALE, Sex.MALE, Sex.MALE, Sex.NOT_STATED]),
            mass_kg=self.one([Decimal("62.5"), Decimal(80), Decimal(80), None]),
            kicking_leg=self.one([None, "left", "right", "unknown"]),
            activity=self.one([None, "sedentary", "recreational", "competitive", "competitive"]),
            sport=self.one([None, "none", "running", "soccer", "court", "other"]),
        )

    def _red_flags(self) -> dict[str, Answer]:
        answers = dict.fromkeys(ASKED, Answer.NO)
        if self.rarely():
            answers[self.one(ASKED)] = self.one([Answer.YES, Answer.UNSURE])
        if self.rarely():
            del answers[self.one(ASKED)]
        return answers

    def _rows(self) -> tuple[PrecautionRow, ...]:
        if self.often():
            return ()
        return tuple(map(self._row, self.some(sorted(library().precautions), 2)))

    def _row(self, precaution: str) -> PrecautionRow:
        row = library().precautions[precaution]
        side = self.one([None, *Side]) if row.sided else None
        extra = {field.key: self.answer(field) for field in row.fields if self.often()}
        return PrecautionRow(precaution, side, self.one([True, False]), extra)

    def _findings(self) -> Iterable[Finding]:
        others = self.some(RECORDED, 6) if self.one([True, False]) else []
        for item in dict.fromkeys((*self.one(_LEANINGS), *others)):
            for side in library().items[item].keys():  # noqa: SIM118
                if self.often():
                    yield self.finding(library().items[item], side)

    def finding(self, item: Item, side: Side | None) -> Finding:
        """The test on this side, mostly done."""
        if self.rarely():
            return Finding(item.id, side, Status.NOT_DONE, self.one(list(NotDoneReason)))
        extra = [choice.id for choice in item.compensations]
        return Finding(
            item.id,
            side,
            values=self._values(item, side),
            pain=self.one(_PAINS) if item.asks_pain else None,
            pain_limited=self.one(_STOPPED) if item.asks_pain_limited else PainLimited.NO,
            compensations=tuple(self.some(extra, 1)) if extra and self.rarely() else (),
            opened_because="the surgeon agreed" if self.rarely() else "",
        )

    def _values(self, item: Item, side: Side | None) -> dict[str, Value]:
        """What is required, much of the rest, and nothing that contradicts it."""
        fields = item.fields_on(side)
        parts = {part for field in fields for part in field.sum_of}
        # Forces as the device showed them have to agree with the newtons: a property of its own tries them.
        own = [field for field in fields if field.key not in parts and field.kind is not FieldKind.TABLE]
        tables = [field for field in fields if field.kind is FieldKind.TABLE and item.id == "hhd_setup"]
        asked = [field for field in own if field.required or self.often()] or own[:1]
        values = {field.key: self.answer(field) for field in (*asked, *tables)}
        return _agreeing(item, self._measured_alike(item, values) if item.set_up_by else values)

    def _measured_alike(self, item: Item, values: dict[str, Value]) -> dict[str, Value]:
        """Both sides are mostly measured in one way, and mostly differ by less than half."""
        alike: dict[str, Value] = {}
        for key, value in values.items():
            first = self._alike.setdefault((item.id, key), value)
            again = self._near(first) if key == "trials_n" else first
            alike[key] = value if self.rarely() else again
        return alike

    def _near(self, trials: Value) -> Value:
        assert isinstance(trials, tuple)
        strong = max(Decimal(str(trial)) for trial in trials)
        return tuple(round(strong * self._random.randint(55, 100) / 100, 1) for _ in trials)


def _agreeing(item: Item, values: dict[str, Value]) -> dict[str, Value]:
    """What follows from other answers does; what is not asked with these answers is left out."""
    for field in item.fields:
        for key, asked_with in (field.shown_with or {}).items():
            given = values.get(key)
            if not set(asked_with) & set(map(str, given if isinstance(given, tuple) else (given,))):
                values.pop(field.key, None)
    return {**values, **following_from_criteria(item, values)}


screenings = st.integers(0, 2**64).map(lambda seed: Maker(seed).screening())


def document_of(screening: Screening) -> dict[str, Any]:
    """The screening as the JSON of the `assess` command; what is absent is left out."""
    held = screening.precautions
    rows = [{"id": row.id, "side": row.side, "cleared": row.cleared, **row.extra} for row in held.rows]
    document: dict[str, Any] = _plain(
        {
            "protocol": screening.protocol,
            "subject": _said(screening.subject),
            "red_flags": screening.red_flags,
            "precautions": {"answered": held.answered, "rows": rows},
            "findings": [_said(finding) for finding in screening.findings],
            "opened": screening.opened or None,
        }
    )
    return document


def _said(told: Finding | Subject) -> dict[str, Any]:
    return {key: value for key, value in vars(told).items() if value not in (None, "", (), {})}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, str) else value
