"""What several findings suggest together, separate from the classes and never a diagnosis."""

from collections.abc import Iterable

from clinic_app.domain.assessment import GroupResult, Pattern
from clinic_app.domain.finding import Finding
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.rules import Rules
from clinic_app.domain.screening import Class
from clinic_app.domain.usable import Usable

_ABDUCTION = "mmt_hip_abduction"
_NERVE_TESTS = ("lumbar_l5_motor", "slr_slump", "neuro_sensation")
_WEAK_CLASSES = (Class.PROBABLE, Class.MARKED)


def patterns_in(usable: Usable, results: Iterable[GroupResult], rules: Rules) -> tuple[Pattern, ...]:
    """Every pattern that the findings suggest, the nerve root first."""
    abductors = (result for result in results if result.group is Group.ABDUCTORS)
    found = (nerve_root(result.side, usable, result, rules) for result in abductors)
    return tuple(pattern for pattern in found if pattern)


def nerve_root(side: Side, usable: Usable, abductors: GroupResult, rules: Rules) -> Pattern | None:
    """P-L5: at least two of weak abduction, weak toe, ankle or heel walk, SLR or slump, and L5 sensation.

    One of the last three must be there. Tests of it that were not done stand in `missing`.
    """
    cut = rules.grades.nerve_root
    weak = abductors.cls in _WEAK_CLASSES or _at_most(abductors.grade, cut)
    holds = {
        _ABDUCTION: weak,
        "lumbar_l5_motor": _motor(usable.get("lumbar_l5_motor", side), cut),
        "slr_slump": _tension(usable.get("slr_slump", side)),
        "neuro_sensation": _sensation(usable.get("neuro_sensation", side)),
    }
    because = tuple(item for item, true in holds.items() if true)
    if len(because) < 2 or because == (_ABDUCTION,):
        return None
    missing = tuple(item for item in _NERVE_TESTS if usable.get(item, side) is None)
    return Pattern("P-L5", side, because, missing)


def _at_most(grade: object, cut: Grade) -> bool:
    return grade is not None and Grade(str(grade)).at_most(cut)


def _motor(finding: Finding | None, cut: Grade) -> bool:
    if finding is None:
        return False
    values = finding.values
    weak = any(_at_most(values.get(key), cut) for key in ("toe_grade", "ankle_grade"))
    return weak or values.get("heel_walk") in ("weak", "unable")


def _tension(finding: Finding | None) -> bool:
    return finding is not None and "positive" in (finding.values.get("slr"), finding.values.get("slump"))


def _sensation(finding: Finding | None) -> bool:
    return finding is not None and finding.values.get("l5") in ("reduced", "absent")
