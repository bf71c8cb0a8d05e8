"""The signs that patterns are made of, each read from its test on one side; None where it was not tested."""

from decimal import Decimal

from clinic_app.domain.course import Course
from clinic_app.domain.finding import Finding
from clinic_app.domain.grade import Grade
from clinic_app.domain.pain import manual_test, stance_test
from clinic_app.domain.protocol import Aggregate, Side
from clinic_app.domain.readings import best, number
from clinic_app.domain.rules import Grades, Numbers
from clinic_app.domain.screening import Subject

_GROIN = ("groin", "anterior_hip")
_LATERAL = ("lateral_hip",)
_BEARING = ("walking_pain", "single_leg_loading", "stairs")
_ABDUCTION = "mmt_hip_abduction"
_RESISTED = "resisted_abduction_pain"
_STANCE_PAIN = "sls_pain_30s"
# A test whose pain must be said to be at the side of the hip; the others count unless it is elsewhere.
_SITE_NEEDED = frozenset({"faber"})
_RESULTS = ("result", "resisted_result")
_WEAK_WALK = ("weak", "unable")


class Signs:
    """The signs on one side of one screening."""

    def __init__(self, course: Course, side: Side) -> None:
        self.side = side
        self.subject: Subject = course.screening.subject
        self.numbers: Numbers = course.library.rules.numbers
        self.cuts: Grades = course.library.rules.grades
        self._course = course

    def not_done(self, items: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the tests that cannot be read on this side."""
        return tuple(item for item in items if self._finding(item) is None)

    def graded_at_most(self, item: str, cut: Grade) -> bool:
        """A manual test has this grade or a weaker one, and pain did not stop it."""
        finding = self._finding(item)
        if finding is None or manual_test(finding, self._course.library.rules).unusable_by:
            return False
        return Grade(str(finding.values["grade"])).at_most(cut)

    def sore(self, item: str) -> bool | None:
        """A tendon test brought on the familiar pain at the side of the hip."""
        finding = self._finding(item)
        if item == _RESISTED and finding is None:
            return True if self._strong_and_sore else None
        if finding is None:
            return None
        if item == _STANCE_PAIN:
            return finding.values.get("familiar") is True and self._hurts(finding)
        return self._positive(item, finding)

    def _positive(self, item: str, finding: Finding) -> bool:
        values = finding.values
        positive = "positive" in [values.get(key) for key in _RESULTS]
        site = values.get("pain_site")
        at_the_side = site == "lateral" if item in _SITE_NEEDED else site in (None, "lateral")
        return positive and values.get("familiar") is not False and at_the_side

    def _hurts(self, finding: Finding) -> bool:
        return finding.pain is not None and finding.pain >= self.numbers.gt_pain.value

    @property
    def _strong_and_sore(self) -> bool:
        """Abduction graded 5 with pain stands for resisted abduction pain that was not asked apart."""
        finding = self._finding(_ABDUCTION)
        strong = finding is not None and finding.values.get("grade") == Grade.G5
        return strong and finding is not None and self._hurts(finding)

    @property
    def lateral_pain(self) -> bool:
        """Pain at the side of the hip."""
        return self._located(_LATERAL)

    @property
    def groin_pain(self) -> bool:
        """Pain in the groin or at the front of the hip."""
        return self._located(_GROIN)

    @property
    def bearing_pain(self) -> bool:
        """Pain with weight on the leg."""
        return any(self._behaves(key) is True for key in _BEARING)

    @property
    def popped(self) -> bool:
        """A pop was heard when it began."""
        return self._behaves("pop_at_onset") is True

    @property
    def stiffness_min(self) -> Decimal | None:
        """Morning stiffness in minutes."""
        finding = self._finding("symptom_behaviour")
        return number(finding, "stiffness_min") if finding else None

    @property
    def nerve_at_risk(self) -> bool:
        """A lateral approach, a gluteal injection or a pelvic injury stands in the history."""
        rows = self._course.screening.precautions.rows
        approach = any(row.id == "pc_tha_lateral" and row.side in (None, self.side) for row in rows)
        surgery = self._behaves("hip_surgery") == "lateral"
        return approach or surgery or self._behaves("gluteal_injection_or_pelvic_trauma") is True

    @property
    def lag(self) -> bool:
        """The hip lag sign is positive, whatever the pain."""
        finding = self._finding("hip_lag_sign")
        return finding is not None and finding.values.get("result") == "positive"

    @property
    def pelvis_drops(self) -> bool:
        """The pelvis drops or cannot be raised, and neither pain nor a precaution makes that invalid."""
        finding = self._finding("trendelenburg_30s")
        if finding is None or finding.values.get("result") not in ("drop", "cannot"):
            return False
        painful = stance_test(finding, self._course.library.rules).informs_only
        return not painful and not self._course.not_valid_by(finding)

    @property
    def weak_foot(self) -> bool | None:
        """The toe, the ankle or the heel walk is weak."""
        finding = self._finding("lumbar_l5_motor")
        if finding is None:
            return None
        values = finding.values
        grades = [Grade(str(grade)) for key in ("toe_grade", "ankle_grade") if (grade := values.get(key))]
        walk = values.get("heel_walk")
        if not grades and walk is None:
            return None
        return walk in _WEAK_WALK or any(grade.at_most(self.cuts.nerve_root) for grade in grades)

    @property
    def tension(self) -> bool | None:
        """The straight-leg raise or the slump test is positive."""
        finding = self._finding("slr_slump")
        results = {finding.values.get("slr"), finding.values.get("slump")} - {None} if finding else set()
        return "positive" in results if results else None

    @property
    def numb(self) -> bool:
        """Light touch is reduced or absent at L5."""
        finding = self._finding("neuro_sensation")
        return finding is not None and finding.values.get("l5") in ("reduced", "absent")

    @property
    def fadir(self) -> bool | None:
        """FADIR brings on the familiar pain in the groin."""
        finding = self._finding("fadir")
        if finding is None or finding.values.get("result") is None:
            return None
        if finding.values["result"] == "negative":
            return False
        familiar = finding.values.get("familiar") is not False
        return True if familiar and finding.values.get("pain_site") in (None, "groin") else None

    @property
    def stiff_hip(self) -> bool:
        """Internal rotation is little, or it and flexion are less than on the other side, or it hurts."""
        here = self._turns("ir_deg", self.side)
        little = here is not None and here < self.numbers.oa_rotation_deg.value
        less = self._less("ir_deg") and self._less("flexion_deg")
        finding = self._finding("hip_rom")
        return little or less or (finding is not None and finding.values.get("pain_on_passive_ir") is True)

    def _less(self, key: str) -> bool:
        here, there = self._turns(key, self.side), self._turns(key, self.side.other)
        known = here is not None and there is not None
        return known and (there or 0) - (here or 0) >= self.numbers.oa_difference_deg.value

    def _turns(self, key: str, side: Side) -> Decimal | None:
        finding = self._course.usable.get("hip_rom", side)
        return best(finding, key, Aggregate.MEAN) if finding else None

    def _located(self, sites: tuple[str, ...]) -> bool:
        finding = self._finding("symptom_location")
        named = finding.values.get("sites") if finding else None
        return isinstance(named, tuple) and any(site in named for site in sites)

    def _behaves(self, key: str) -> object:
        finding = self._finding("symptom_behaviour")
        return finding.values.get(key) if finding else None

    def _finding(self, item: str) -> Finding | None:
        return self._course.usable.get(item, self.side)
