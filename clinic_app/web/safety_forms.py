"""The two safety lists as forms: red flags row by row, and precautions with their sides and answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, StringField, TextAreaField
from wtforms import Field as Input
from wtforms.widgets import DateInput

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Field, FieldKind, Side
from clinic_app.domain.safety import Precaution, RedFlag
from clinic_app.domain.screening import Answer
from clinic_app.exchange.safety_json import is_day
from clinic_app.web import current
from clinic_app.web.field_kinds import PlainForm, inputs_of, radio, words_choices
from clinic_app.web.language import moment_here
from clinic_app.web.typed import document_value, form_value

ANSWERS = {"no": "No", "yes": "Yes", "unsure": "Unsure"}


class RedFlagsForm(PlainForm):
    """One answer a row; a row without an answer is not in the document, and never a no."""

    note = TextAreaField(lazy_gettext("Note: the side, and what was said"))

    def document(self) -> dict[str, Any]:
        """The answers given, as the document of the finding."""
        answers = {row.id: self[row.id].data for row in asked_rows()}
        return {
            "values": {row: answer for row, answer in answers.items() if answer},
            "note": self.note.data or "",
        }

    def say_no(self, group: str) -> None:
        """Answer no to the rows of a group that have no answer yet, after all of them were asked."""
        for row in asked_rows():
            if row.group == group and not self[row.id].data:
                self[row.id].data = Answer.NO.value

    def check(self) -> bool:
        """Every row is answered; each that is not says so beside it."""
        blank = [row for row in asked_rows() if not self[row.id].data]
        for row in blank:
            _refuse(self[row.id], gettext("Not answered yet: %(row)s", row=gettext(row.name)))
        return not blank


class PrecautionsForm(PlainForm):
    """For each row the sides that it holds for, its own answers, and whether it was cleared."""

    note = TextAreaField(lazy_gettext("Note: dates of operations, the surgeon's own words"))
    answered = BooleanField(lazy_gettext("I have asked about every row. What is not ticked does not hold."))

    def document(self) -> dict[str, Any]:
        """The rows that hold, as the document of the finding."""
        rows = [
            row for precaution in current.library().precautions.values() for row in self._rows(precaution)
        ]
        values = {"answered": bool(self.answered.data), "rows": rows}
        return {"values": values, "note": (self.note.data or "").strip()}

    def check(self) -> bool:
        """The list was asked, each row that holds is complete, and a clearance says whose it is."""
        if not self.answered.data:
            _refuse(self.answered, gettext("Precautions: say that you have asked about every row"))
        held = [p for p in current.library().precautions.values() if any(True for _ in self._sides(p))]
        for field in (field for p in held for field in own_fields(p)):
            if field.required and document_value(field, self) is None:
                _refuse(self[field.key], gettext("%(field)s: choose an answer", field=gettext(field.label)))
        for precaution in (p for p in held if self[f"{p.id}__cleared"].data):
            self._check_clearance(precaution)
        return not any(field.errors for field in self)

    def _check_clearance(self, precaution: Precaution) -> None:
        by, on = self[f"{precaution.id}__cleared_by"], self[f"{precaution.id}__cleared_on"]
        name, today = gettext(precaution.name), moment_here().date().isoformat()
        if not _typed(by):
            _refuse(by, gettext("%(row)s: write who cleared it", row=name))
        if not is_day(_typed(on)) or _typed(on) > today:
            _refuse(on, gettext("%(row)s: enter the day on which it was cleared", row=name))

    def _rows(self, precaution: Precaution) -> Iterator[dict[str, Any]]:
        typed = {field.key: document_value(field, self) for field in own_fields(precaution)}
        extra = {key.split("__")[1]: value for key, value in typed.items() if value is not None}
        for side in self._sides(precaution):
            sided = {"side": side.value} if side else {}
            yield {"id": precaution.id, **sided, **self._clearance(precaution), **extra}

    def _clearance(self, precaution: Precaution) -> dict[str, Any]:
        if not self[f"{precaution.id}__cleared"].data:
            return {"cleared": False}
        told = {key: _typed(self[f"{precaution.id}__{key}"]) for key in ("cleared_by", "cleared_on")}
        return {"cleared": True, **told}

    def _sides(self, precaution: Precaution) -> Iterator[Side | None]:
        sides: tuple[Side | None, ...] = tuple(Side) if precaution.sided else (None,)
        return (side for side in sides if self[f"{precaution.id}__{side or 'held'}"].data)


def red_flags_form(formdata: Any, finding: Finding | None) -> RedFlagsForm:
    """The red-flag list with what was typed or else what is recorded."""
    data = {**finding.values, "note": finding.note} if finding else None
    return _red_flags_class(current.library().version)(formdata=formdata, data=data)


def precautions_form(
    formdata: Any, rows: Sequence[Mapping[str, Any]], finding: Finding | None
) -> PrecautionsForm:
    """The precautions list; `rows` are what is recorded, or what the patient's record suggests."""
    data: dict[str, Any] = {"answered": bool(finding and finding.values.get("answered"))}
    data["note"] = finding.note if finding else ""
    for row in rows:
        data |= _row_data(row)
    return _precautions_class(current.library().version)(formdata=formdata, data=data)


def asked_rows() -> list[RedFlag]:
    """The rows that are asked; one that follows from the age is not."""
    return [row for row in current.library().red_flags.values() if row.under_age is None]


def own_fields(precaution: Precaution) -> list[Field]:
    """The precaution's own fields, with keys that are unique on the page; a yes or no is always said."""
    return [_on_page(precaution, field) for field in precaution.fields]


def _on_page(precaution: Precaution, field: Field) -> Field:
    needed = field.required or field.kind is FieldKind.YES_NO
    return replace(field, key=f"{precaution.id}__{field.key}", required=needed, shown_with=None)


def _row_data(row: Mapping[str, Any]) -> dict[str, Any]:
    precaution = current.library().precautions[str(row["id"])]
    wanted = [row["side"]] if row.get("side") else (list(Side) if precaution.sided else ["held"])
    data: dict[str, Any] = {f"{precaution.id}__{side}": True for side in wanted}
    if row.get("cleared"):
        keys = ("cleared", "cleared_by", "cleared_on")
        data |= {f"{precaution.id}__{key}": row.get(key, "") for key in keys}
    for field in own_fields(precaution):
        value = row.get(field.key.split("__")[1])
        data |= form_value(field, value) if value is not None else {}
    return data


@cache
def _red_flags_class(_version: str) -> type[RedFlagsForm]:
    rows = {
        row.id: radio(
            lazy_gettext(row.ask),
            words_choices(ANSWERS),
            cast(str, lazy_gettext(row.look) if row.look else ""),
        )
        for row in asked_rows()
    }
    return cast(type[RedFlagsForm], type("AskedRedFlags", (RedFlagsForm,), rows))


@cache
def _precautions_class(_version: str) -> type[PrecautionsForm]:
    fields: dict[str, Input] = {}
    for precaution in current.library().precautions.values():
        sides = {"left": "Left", "right": "Right"} if precaution.sided else {"held": "Holds"}
        fields |= {f"{precaution.id}__{key}": BooleanField(lazy_gettext(word)) for key, word in sides.items()}
        for field in own_fields(precaution):
            fields |= inputs_of(field)
        fields[f"{precaution.id}__cleared"] = BooleanField(lazy_gettext("Cleared by the surgeon or doctor"))
        fields[f"{precaution.id}__cleared_by"] = StringField(
            lazy_gettext("Cleared by"), render_kw={"maxlength": 120, "autocomplete": "off"}
        )
        fields[f"{precaution.id}__cleared_on"] = StringField(
            lazy_gettext("Cleared on"), widget=DateInput(), render_kw={"autocomplete": "off"}
        )
    return cast(type[PrecautionsForm], type("AskedPrecautions", (PrecautionsForm,), fields))


def _typed(field: Input) -> str:
    return (field.data or "").strip()


def _refuse(field: Input, problem: str) -> None:
    field.errors = [*field.errors, problem]
