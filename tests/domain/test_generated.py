from collections import Counter
from collections.abc import Iterator

from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import CannotSay, Outcome
from clinic_app.domain.safety import Advice
from clinic_app.domain.screening import Class, Screening
from tests.generated import EXAMPLES, RECORDED, Maker
from tests.screens import library, told_of

REACHED_BY = 3000


def test_the_generated_screenings_reach_every_rule_note_pattern_and_class() -> None:
    counted: Counter[str] = Counter()
    for seed in range(max(REACHED_BY, EXAMPLES)):
        counted.update(set(reached(Maker(seed).screening())))
        if not (left := wanted() - counted.keys()):
            return
    assert sorted(left) == []


def wanted() -> set[str]:
    content = library()
    return {*content.rules.by_id, *content.notes, *content.patterns, *RECORDED, *Class, *CannotSay}


def reached(screening: Screening) -> Iterator[str]:
    assessment = assess(screening, library())
    told = told_of(assessment)
    for key in ("flags", "notes", "information", "patterns", "unread", "lowered"):
        yield from (word for line in told[key] for word in line.split())
    yield from (finding.item for finding in screening.findings)
    for result in assessment.groups:
        yield from (result.cls, result.cannot_say or "")
    if assessment.outcome is Outcome.SCREEN_STOPPED:
        yield "RF-URG" if assessment.safety.advice is Advice.URGENT else "RF-REF"
    if any(finding.values.get("result") == "neg" for finding in screening.findings):
        yield "TRN-2"
