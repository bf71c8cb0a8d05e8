"""What is wrong with a finding as it was typed, in sentences that name the field, the value and the limit."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from clinic_app.domain.protocol import Field, FieldKind, Item
from clinic_app.exchange.document import Problem
from clinic_app.web import units
from clinic_app.web.field_kinds import NUMBERS
from clinic_app.web.screening_forms import FindingForm
from clinic_app.web.typed import shown
from clinic_app.web.wording.language import say as _

_OWN = {"grade": "grade_whole"}


def sentences(problems: Iterable[Problem], item: Item) -> dict[str, str]:
    """The first problem of each input by its name."""
    told: dict[str, str] = {}
    for problem in problems:
        told.setdefault(input_name(problem.at), sentence(problem, item))
    return told


def show(form: FindingForm, problems: Iterable[Problem]) -> None:
    """Put each problem beside its field; what has no field of its own stands beside the note."""
    for key, text in sentences(problems, form.item).items():
        names = [_OWN.get(key, key), *(name for name in form._fields if name.startswith(f"{key}."))]
        field = next((form[name] for name in names if name in form), form.note)
        field.errors = [*field.errors, text]


def input_name(at: str) -> str:
    """The input that a problem is about: `values.readings[0].sbp` is `readings.0.sbp`."""
    return re.sub(r"\[(\d+)\]", r".\1", at.removeprefix("values."))


def sentence(problem: Problem, item: Item) -> str:
    """One problem in words."""
    path = input_name(problem.at).split(".")
    key, shared = path[0], _shared()
    if key in shared:
        return shared[key]
    field = _field(path, item.fields)
    if field is None:
        return _plain(key.replace("_", " "), problem)
    if field.kind in NUMBERS or field.kind is FieldKind.TRIALS:
        return _number(field, problem)
    if problem.value in (None, ""):
        return _("%(field)s: choose an answer, or mark the side as not tested", field=_(field.label))
    if field.kind is FieldKind.GRADE:
        return _("%(field)s: %(value)s is not a grade", field=_(field.label), value=_said(problem.value))
    return _plain(_(field.label), problem)


def _field(path: list[str], fields: tuple[Field, ...]) -> Field | None:
    """The field that a path of keys leads to, through tables."""
    found = next((field for field in fields if field.key == path[0]), None)
    return _field(path[1:], found.fields) if found and found.fields and path[1:] else found


def _shared() -> Mapping[str, str]:
    """What every test asks."""
    return {
        "values": _("Record a result, or mark the test as not tested"),
        "not_done_reason": _("Choose why this side was not tested"),
        "pain": _("Pain: choose a whole number from 0 to 10"),
        "pain_limited": _("Did pain stop full effort: choose no, yes or unsure"),
    }


def _number(field: Field, problem: Problem) -> str:
    label, allowed = _(field.label), _limits(field)
    if problem.value in (None, "", []):
        return _("%(field)s: enter %(allowed)s", field=label, allowed=allowed)
    return _(
        "%(field)s: %(value)s does not fit. Enter %(allowed)s",
        field=label,
        value=_said(problem.value),
        allowed=allowed,
    )


def _limits(field: Field) -> str:
    """The range of a field, in the unit of the page."""
    unit = units.shown_unit(field)
    if field.minimum is None or field.maximum is None:
        return _("a number")
    least, most = (shown(units.typed(field, limit)) for limit in (field.minimum, field.maximum))
    return _("a number from %(least)s to %(most)s %(unit)s", least=least, most=most, unit=unit).rstrip()


def _plain(label: str, problem: Problem) -> str:
    allowed = f": {problem.allowed}" if problem.allowed else ""
    return f"{label}: {problem.problem}{allowed}"


def _said(value: Any) -> str:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.replace("-", "−")
