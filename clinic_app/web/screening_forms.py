"""One form per test and side, made from the item's fields: it collects, and `read_finding` judges."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Field, FieldKind, Item, Side
from clinic_app.exchange.force_json import ENTERED, FORCES
from clinic_app.web import current
from clinic_app.web.entered import as_entered, typed_fields, without_bare_unit
from clinic_app.web.field_kinds import PlainForm, inputs_of, pick, radio, ticks, words_choices
from clinic_app.web.fields import options
from clinic_app.web.typed import document_value, form_value, number_of, script_value

FROM_THE_PATIENT = "patient"
Forms = Mapping[str, "FindingForm"]


class FindingForm(PlainForm):
    """One test on one side: what every test asks, and in subclasses the item's own fields."""

    item: Item
    asked: tuple[Field, ...]
    status = StringField()
    note = TextAreaField(lazy_gettext("Note"))
    opened_because = StringField(lazy_gettext("Why this test is done all the same"))
    timed = HiddenField()

    @property
    def blank(self) -> bool:
        """Nothing was entered on this side."""
        typed = self.document()
        answers = (
            typed["values"],
            typed["pain"],
            typed["compensations"],
            typed["note"],
            typed["opened_because"],
        )
        return typed["status"] == Status.DONE and not any(
            answer not in (None, "", [], {}) for answer in answers
        )

    def document(self) -> dict[str, Any]:
        """What was typed, as the JSON document of a finding; a test not done has no values."""
        done = self.status.data != Status.NOT_DONE
        values = self._values() if done else {}
        return {
            "values": values,
            "status": (Status.DONE if done else Status.NOT_DONE).value,
            "not_done_reason": None if done else self.not_done_reason.data or None,
            "pain": number_of(self._answer("pain")),
            "pain_limited": (self._answer("pain_limited") if done else None) or PainLimited.NO.value,
            "compensations": self._answer("compensations") or [],
            "note": (self.note.data or "").strip(),
            "opened_because": (self.opened_because.data or "").strip() or None,
            "timed": _with_value((self.timed.data or "").split(), values),
            "confirmed": _with_value(self._answer("confirmed") or [], values),
        }

    def _values(self) -> dict[str, Any]:
        typed = ((field.key, document_value(field, self)) for field in self.asked)
        return without_bare_unit({key: value for key, value in typed if value is not None})

    def _answer(self, name: str) -> Any:
        return self[name].data if name in self else None


def forms_of(item: Item, formdata: Any, findings: Mapping[Side | None, Finding]) -> dict[str, FindingForm]:
    """The forms of both sides, or the single one (`none`), with what was typed or else what is recorded."""
    sides = item.keys()
    return {str(side or "none"): finding_form(item, side, formdata, findings.get(side)) for side in sides}


def finding_form(
    item: Item, side: Side | None, formdata: Any = None, finding: Finding | None = None
) -> FindingForm:
    """The form of one test and side."""
    made = _form_class(item.id, side is not None, current.library().version)
    return made(
        formdata=formdata,
        data=form_data(item, finding) if finding else None,
        prefix=f"{side}-" if side else "",
    )


def form_data(item: Item, finding: Finding) -> dict[str, Any]:
    """A recorded finding as the data of its form."""
    data: dict[str, Any] = {
        "status": finding.status.value,
        "not_done_reason": finding.not_done_reason.value if finding.not_done_reason else "",
        "pain": None if finding.pain is None else str(finding.pain),
        "pain_limited": finding.pain_limited.value,
        "compensations": list(finding.compensations),
        "note": finding.note,
        "opened_because": finding.opened_because,
        "timed": " ".join(finding.timed),
        "confirmed": list(finding.confirmed),
    }
    for key, value in as_entered(finding.values, item).items():
        data |= form_value(item.field(key), value)
    return data


def script_document(item: Item, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the page's script sent, as the JSON document of a finding."""
    values = body.get("values")
    if not isinstance(values, dict):
        return dict(body)
    known = {field.key: field for field in item.fields}
    read = {key: script_value(known[key], value) if key in known else value for key, value in values.items()}
    given = {key: value for key, value in read.items() if value not in (None, "", [], {})}
    left = without_bare_unit(given)
    told = {key: _with_value(body.get(key), left) for key in ("timed", "confirmed")}
    return {**body, "values": left, **told}


def _with_value(keys: Any, values: Mapping[str, Any]) -> Any:
    """The keys that still have a value; what is no list is refused where it is read."""
    given = [*values, *([FORCES] if ENTERED in values else [])]
    return [key for key in keys if key in given] if isinstance(keys, list) else keys


def asked_fields(item: Item) -> tuple[Field, ...]:
    """The fields that are asked on the step; what comes from the patient's record is not asked again."""
    return tuple(field for field in item.fields if field.derived_from != FROM_THE_PATIENT)


@cache
def _form_class(item_id: str, sided: bool, _version: str) -> type[FindingForm]:
    """The version is part of the key so that two libraries never share a form."""
    library = current.library()
    item = library.items[item_id]
    asked = [field for field in typed_fields(asked_fields(item)) if field in item.fields_on(_a_side(sided))]
    fields: dict[str, Any] = {
        "item": item,
        "asked": tuple(asked),
        "confirmed": _confirmable(asked),
        "not_done_reason": _reasons(library.words["not_done_reason"]),
    }
    for field in asked:
        fields |= _inputs(field, item)
    if item.asks_pain:
        fields["pain"] = StringField(lazy_gettext("Pain"))
    if item.asks_pain_limited:
        question = lazy_gettext("Did pain stop full effort?")
        fields["pain_limited"] = radio(question, words_choices(library.words["pain_limited"]))
    if item.compensations:
        fields["compensations"] = ticks(lazy_gettext("What you saw"), item.compensations)
    return cast(type[FindingForm], type(f"{item_id}_form", (FindingForm,), fields))


def _a_side(sided: bool) -> Side | None:
    return Side.LEFT if sided else None


def _inputs(field: Field, item: Item) -> dict[str, Any]:
    """What a test may say otherwise than the set-up is nothing by itself, so it can be left as it was."""
    if item.set_up_by and field.kind is FieldKind.CHOICE:
        return {field.key: pick(field, lazy_gettext("As in the set-up"))}
    return inputs_of(field)


def _confirmable(asked: list[Field]) -> SelectMultipleField:
    choices: list[Any] = options({field.key: lazy_gettext(field.label) for field in asked})
    return SelectMultipleField(choices=choices, validate_choice=False)


def _reasons(words: Mapping[str, str]) -> SelectField:
    """A reason has to be chosen, so the first line is none."""

    def choices() -> list[Any]:
        reasons = {reason.value: gettext(words[reason]) for reason in NotDoneReason}
        return options({"": gettext("Choose a reason"), **reasons})

    return SelectField(lazy_gettext("Not tested because"), choices=choices, validate_choice=False)
