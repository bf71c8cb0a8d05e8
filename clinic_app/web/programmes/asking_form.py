"""The circumstances that the screening does not hold, as one form; silence never gives a safety answer."""

from collections.abc import Mapping
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field as Input
from wtforms import SelectMultipleField, StringField

from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.falls import falls_risk_of
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.web import current
from clinic_app.web.field_kinds import radio, words_choices
from clinic_app.web.fields import options
from clinic_app.web.typed import number_of

YES_NO = {"no": "No", "yes": "Yes"}
NONE = "none"
MOST_FALLS = 50
ALWAYS = (
    "goal",
    "irritability",
    "afraid",
    "weight_bearing_left",
    "weight_bearing_right",
    "post_op",
    "floor_transfer_ok",
    "cleared_for_impact",
    "stage",
)
LISTS = ("equipment", "positions_not_tolerated")


class AskingForm(FlaskForm):
    """The answers; subclasses of one library add the fields whose words it holds."""

    falls_12m = StringField(_("Falls in the last 12 months"), render_kw={"inputmode": "numeric"})
    afraid = radio(_("Afraid of falling"), words_choices(YES_NO))
    injured = radio(_("Hurt in a fall in the last 12 months"), words_choices(YES_NO))
    post_op = radio(
        _("Operated on the hip, thigh or pelvis, and still under the surgeon's rules"), words_choices(YES_NO)
    )
    surgeon_clearance = radio(_("The surgeon has cleared exercise"), words_choices(YES_NO))
    floor_transfer_ok = radio(_("Gets down to the floor and up again safely"), words_choices(YES_NO))
    cleared_for_impact = radio(_("Cleared for jumping and landing"), words_choices(YES_NO))
    minor_confirmed = radio(_("I have confirmed this library for a person under 18"), words_choices(YES_NO))
    max_exercises = StringField(_("At most this many exercises"), render_kw={"inputmode": "numeric"})

    def check(self, known: Circumstances, findings: tuple[Finding, ...]) -> bool:
        """Every answer that is needed, and not known from the screening, is given; what is not says so."""
        asked = [name for name in ALWAYS if name != "irritability" or not known.irritability]
        for name in (*asked, *self._also_needed(known, findings)):
            if not self[name].data:
                self._refuse(name, gettext("%(question)s: choose an answer", question=self[name].label.text))
        for name in LISTS:
            if not self[name].data:
                said = gettext("%(question)s: tick what holds, or none", question=self[name].label.text)
                self._refuse(name, said)
        self._check_number("falls_12m", 0, MOST_FALLS, needed=falls_of(findings) is None)
        size = current.library().exercises.selection.size
        self._check_number("max_exercises", 1, size.most, needed=False)
        return not any(field.errors for field in self)

    def given(self, findings: tuple[Finding, ...]) -> dict[str, Any]:
        """The answers as the document that `prescribe` reads."""
        return {
            "patient": {
                "falls_risk": self._falls_risk(findings),
                "goal": self.goal.data,
                "sport": self.sport.data or None,
                "minor_confirmed": self.minor_confirmed.data or None,
            },
            "gate": {"post_op": self.post_op.data, "surgeon_clearance": self.surgeon_clearance.data or None},
            "irritability": self.irritability.data or None,
            "weight_bearing": {side.value: self[f"weight_bearing_{side}"].data for side in Side},
            "equipment": _without_none(self.equipment.data),
            "positions_not_tolerated": _without_none(self.positions_not_tolerated.data),
            "pathways": self.pathways.data or [],
            "floor_transfer_ok": self.floor_transfer_ok.data,
            "cleared_for_impact": self.cleared_for_impact.data,
            "stage": self.stage.data,
            "max_exercises": number_of(self.max_exercises.data or ""),
        }

    def answers(self) -> dict[str, Any]:
        """What was typed, to show it again."""
        return {field.short_name: field.data for field in self if field.short_name != "csrf_token"}

    def _falls_risk(self, findings: tuple[Finding, ...]) -> str | None:
        """The risk that the answers come to, or the higher one that the therapist chose."""
        aids = [
            str(f.values["aid"]) for f in findings if f.item == "gait_observation" and f.values.get("aid")
        ]
        rules = current.library().exercises.selection.from_screen.falls_risk
        shown = falls_risk_of(
            max(int(self.falls_12m.data or 0), falls_of(findings) or 0),
            aids,
            rules,
            afraid=self.afraid.data == "yes",
            injured=self.injured.data == "yes",
        )
        order = list(current.library().words["falls_risk"])
        return max((risk for risk in (shown, self.falls_risk.data) if risk), key=order.index, default=None)

    def _also_needed(self, known: Circumstances, findings: tuple[Finding, ...]) -> list[str]:
        wanted = {
            "sport": self.goal.data == "sport",
            "injured": self.falls_12m.data not in ("", "0", None) or bool(falls_of(findings)),
            "surgeon_clearance": self.post_op.data == "yes" or bool(known.gate.post_op),
            "minor_confirmed": (known.patient.age or 0)
            < current.library().exercises.selection.adult_from_age,
        }
        return [name for name, needed in wanted.items() if needed]

    def _check_number(self, name: str, least: int, most: int, *, needed: bool) -> None:
        typed = (self[name].data or "").strip()
        if not typed and not needed:
            return
        if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
            said = gettext(
                "%(question)s: enter a whole number from %(least)s to %(most)s",
                question=self[name].label.text,
                least=least,
                most=most,
            )
            self._refuse(name, said)

    def _refuse(self, name: str, said: str) -> None:
        self[name].errors = [*self[name].errors, said]


def falls_of(findings: tuple[Finding, ...]) -> int | None:
    """The falls in 12 months that the screening holds, None when they were not asked."""
    said = (f.values.get("falls_12m") for f in findings if f.item == "symptom_behaviour" and f.done)
    return next((falls for falls in said if isinstance(falls, int)), None)


def asking_form(answers: Mapping[str, Any] | None = None) -> AskingForm:
    """The form with what was answered before, or with what was just typed."""
    words = current.library().words
    fields: dict[str, Input] = {
        "goal": radio(_("Trains for"), words_choices(words["goal"])),
        "sport": radio(_("Which sport"), words_choices(words["sport"])),
        "irritability": radio(_("How easily the pain flares"), words_choices(words["irritability"])),
        "falls_risk": radio(
            _("Falls risk at least, if you judge it higher"), words_choices(words["falls_risk"])
        ),
        "stage": radio(_("Stage of rehabilitation"), words_choices(words["stage"])),
        "equipment": _ticks(_("At hand"), words["equipment"], _("None of these")),
        "positions_not_tolerated": _ticks(
            _("Positions not tolerated"), _positions(words), _("All are tolerated")
        ),
        "pathways": _ticks(_("Pathways that you add; others follow from the screening"), words["pathway"]),
    }
    for side in Side:
        label = _("Weight allowed, left leg") if side is Side.LEFT else _("Weight allowed, right leg")
        fields[f"weight_bearing_{side}"] = radio(label, words_choices(words["weight_bearing"]))
    made = cast(type[AskingForm], type("CircumstancesForm", (AskingForm,), fields))
    return made(data=dict(answers)) if answers is not None else made()


def _positions(words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {place: word for place, word in words["position"].items() if place not in ("before", "finish")}


def _ticks(label: Any, words: Mapping[str, str], none: Any = "") -> SelectMultipleField:
    def choices() -> list[Any]:
        listed = {value: gettext(word) for value, word in words.items()}
        return options({**listed, NONE: str(none)} if none else listed)

    return SelectMultipleField(label, choices=choices, validate_choice=True)


def _without_none(ticked: list[str] | None) -> list[str]:
    return [one for one in ticked or [] if one != NONE]
