"""The form of a letter: plain text, each field with the longest that it takes."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField

from clinic_app.records.letter import TYPED, Letter
from clinic_app.web import current
from clinic_app.web.fields import choice, options, paragraph, text, typed

LONGEST = {"to_name": 120, "to_place": 300, "reason": 3000, "findings": 4000, "done": 2000, "question": 1000}

# What a signed letter cannot be without, and what is said when it is.
NEEDED = {
    "to_name": _("Write to whom the letter goes"),
    "reason": _("Write why you refer"),
    "question": _("Write what you ask"),
}


def _most(name: str, words: Any = "") -> Any:
    """How long a field may be, behind what belongs into it."""
    if not words:
        return _("At most %(max)d characters", max=LONGEST[name])
    return _("%(words)s. At most %(max)d characters", words=words, max=LONGEST[name])


class LetterForm(FlaskForm):
    """What the therapist writes; `revision` is that of the letter when it was shown, the password signs."""

    to_name = text(_("To"), most=LONGEST["to_name"], hint=_most("to_name", _("The doctor or the service")))
    to_place = paragraph(_("Practice and address"), most=LONGEST["to_place"], hint=_most("to_place"))
    urgency = choice(_("Urgency"), required=_("Choose how urgent it is"))
    reason = paragraph(_("Reason"), most=LONGEST["reason"], hint=_most("reason"))
    findings = paragraph(_("Findings that matter"), most=LONGEST["findings"], hint=_most("findings"))
    done = paragraph(_("What was done"), most=LONGEST["done"], hint=_most("done"))
    question = paragraph(_("What you ask"), most=LONGEST["question"], hint=_most("question"))
    revision = HiddenField()
    password = PasswordField(_("Your password"), render_kw={"autocomplete": "current-password"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDED:
            self[name].flags.optional = False
        words = current.library().words["urgency"]
        self.urgency.choices = options({key: gettext(word) for key, word in words.items()})

    @property
    def words(self) -> dict[str, str]:
        """The letter's fields as they were typed."""
        return {name: typed(self[name]) for name in TYPED}

    @property
    def shown_revision(self) -> int:
        """The revision that the form was made from; 0, which none has, when it is missing."""
        told = typed(self.revision)
        return int(told) if told.isdecimal() else 0

    def miss_what_a_signature_needs(self) -> bool:
        """Put beside its field what a signed letter cannot be without; whether there was any."""
        missing = [name for name in NEEDED if not typed(self[name])]
        for name in missing:
            self[name].errors = [NEEDED[name]]
        return bool(missing)


def form_of(letter: Letter) -> LetterForm:
    """The form with what stands in the letter."""
    return LetterForm(formdata=None, obj=letter)
