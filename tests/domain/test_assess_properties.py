from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import Outcome
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Answer, Class, PrecautionRow, Precautions
from tests.screens import library, screen

WORSE = [Class.NONE_FOUND, Class.POSSIBLE, Class.PROBABLE, Class.MARKED]
CORE = {"abductors": "mmt_hip_abduction", "extensors": "mmt_hip_extension"}

pains = st.none() | st.integers(0, 10)
limited = st.sampled_from(PainLimited)
sides = st.sampled_from(Side)


def choices(item: str, key: str) -> st.SearchStrategy[str]:
    return st.sampled_from([choice.id for choice in library().items[item].field(key).choices])


def maybe_not_done(finding: Finding, reason: NotDoneReason | None) -> Finding:
    if reason is None:
        return finding
    return Finding(finding.item, finding.side, Status.NOT_DONE, reason)


def manual(item: str) -> st.SearchStrategy[Finding]:
    return st.builds(
        lambda side, grade, alt, pain, stopped: Finding(
            item, side, values={"grade": grade, "alt_position": alt}, pain=pain, pain_limited=stopped
        ),
        sides,
        st.sampled_from(Grade),
        st.booleans(),
        pains,
        limited,
    )


trendelenburg = st.builds(
    lambda side, result, pain: Finding("trendelenburg_30s", side, values={"result": result}, pain=pain),
    sides,
    choices("trendelenburg_30s", "result"),
    pains,
)
gait = st.builds(
    lambda side, patterns, degree, pain: Finding(
        "gait_observation", side, values={"patterns": tuple(patterns), "degree": degree}, pain=pain
    ),
    sides,
    st.lists(choices("gait_observation", "patterns"), min_size=1, max_size=3, unique=True),
    st.none() | choices("gait_observation", "degree"),
    pains,
)
squat = st.builds(
    lambda side, rating, pain: Finding("single_leg_squat", side, values={"rating": rating}, pain=pain),
    sides,
    choices("single_leg_squat", "rating"),
    pains,
)
motor = st.builds(
    lambda side, toe, ankle: Finding(
        "lumbar_l5_motor", side, values={"toe_grade": toe, "ankle_grade": ankle}
    ),
    sides,
    st.sampled_from(Grade),
    st.sampled_from(Grade),
)
one = st.one_of(*(manual(item) for item in CORE.values()), trendelenburg, gait, squat, motor)
findings = st.lists(
    st.builds(maybe_not_done, one, st.none() | st.sampled_from(NotDoneReason)),
    max_size=12,
    unique_by=lambda finding: (finding.item, finding.side),
).map(tuple)
rows = st.lists(
    st.builds(PrecautionRow, st.sampled_from(list(library().precautions)), st.none() | sides, st.booleans()),
    max_size=2,
).map(tuple)
ages = st.integers(18, 99)


@settings(deadline=None)
@given(findings, rows, ages)
def test_no_weakness_is_only_found_where_a_manual_test_could_be_read(
    found: tuple[Finding, ...], held: tuple[PrecautionRow, ...], age: int
) -> None:
    given_ = screen(*found, age=age, precautions=Precautions(answered=True, rows=held))
    for result in assess(given_, library()).groups:
        if result.cls is Class.NONE_FOUND:
            item = CORE[result.group]
            (tested,) = (f for f in found if (f.item, f.side) == (item, result.side))
            assert tested.done
            assert tested.values["grade"] == "5"


@settings(deadline=None)
@given(findings, ages, st.data())
def test_more_pain_never_makes_a_class_worse(
    found: tuple[Finding, ...], age: int, data: st.DataObject
) -> None:
    hurt = tuple(
        replace(f, pain=data.draw(st.integers(f.pain or 0, 10)) if f.done else f.pain) for f in found
    )
    before = assess(screen(*found, age=age), library())
    after = assess(screen(*hurt, age=age), library())
    for was, now in zip(before.groups, after.groups, strict=True):
        if now.cls is not Class.CANNOT_SAY and was.cls is not Class.CANNOT_SAY:
            assert WORSE.index(now.cls) <= WORSE.index(was.cls)
        if was.cls is Class.CANNOT_SAY:
            assert now.cls is Class.CANNOT_SAY


@settings(deadline=None)
@given(findings, ages)
def test_a_reason_is_given_exactly_where_nothing_can_be_said(found: tuple[Finding, ...], age: int) -> None:
    for result in assess(screen(*found, age=age), library()).groups:
        assert (result.cannot_say is not None) is (result.cls is Class.CANNOT_SAY)
        assert (result.confidence is not None) is (result.cls is Class.NONE_FOUND)
        assert all(1 <= flag.level <= 4 for flag in result.flags)


@settings(deadline=None)
@given(findings, ages, st.sampled_from(sorted(library().red_flags)), st.sampled_from(Answer))
def test_an_open_stop_leaves_no_class_whatever_was_tested(
    found: tuple[Finding, ...], age: int, row: str, answer: Answer
) -> None:
    given_ = screen(*found, age=age)
    assessment = assess(replace(given_, red_flags={**given_.red_flags, row: answer}), library())
    if assessment.outcome is Outcome.SCREEN_STOPPED:
        assert {result.final for result in assessment.groups} == {Class.CANNOT_SAY}
    elif answer is not Answer.NO:
        assert row in {flag.row for flag in assessment.safety.open}


@settings(deadline=None)
@given(findings, ages)
def test_taking_the_safety_answers_away_takes_every_class_away(found: tuple[Finding, ...], age: int) -> None:
    assessment = assess(screen(*found, age=age, red_flags={}), library())
    assert {result.cls for result in assessment.groups} == {Class.CANNOT_SAY}


@settings(deadline=None)
@given(findings, rows, st.randoms(use_true_random=False))
def test_the_order_of_the_findings_changes_nothing(
    found: tuple[Finding, ...], held: tuple[PrecautionRow, ...], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    precautions = Precautions(answered=True, rows=held)
    assert assess(screen(*found, precautions=precautions), library()) == assess(
        screen(*shuffled, precautions=precautions), library()
    )
