"""The form that notes that a document was given: teach-back, and the day."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField

from clinic_app.web.fields import DateParts, problems
from clinic_app.web.pages import day as day_words


class GivingForm(FlaskForm):
    """Whether the patient taught it back, and the day on which it was given."""

    taught_back = BooleanField(_("The patient showed it and said it back in their own words"))
    given_on = FormField(DateParts, _("Given on"))
    day_problems: tuple[str, ...] = ()

    @classmethod
    def on(cls, today: date) -> "GivingForm":
        """The form before anything was typed: given today."""
        form = cls(formdata=None)
        form.given_on.form.show(today)
        return form

    def read_on(self, made_on: date, today: date, to_teach_back: bool) -> date | None:
        """The day on which it was given; None where something is to be fixed, said beside its field."""
        self.validate()
        if to_teach_back and not self.taught_back.data:
            said = gettext(
                "Teach-back: tick it first. A handout is given once the patient has taught it back"
            )
            self.taught_back.errors = [said]
        day = self.given_on.form.read()
        if wrong := _against(day, made_on, today):
            self.day_problems = (wrong,)
        return None if self.problems() else day

    def problems(self) -> list[dict[str, str]]:
        """What is to be fixed, each with a link to its field."""
        at_day = f"#{self.given_on.form.day.id}"
        return problems(self) + [{"href": at_day, "text": text} for text in self.day_problems]


def _against(day: date | None, made_on: date, today: date) -> str:
    """What is wrong with the day, empty when nothing is."""
    if day is None:
        return str(gettext("Given on: enter a day, a month and a year"))
    if day > today:
        return str(gettext("Given on: %(day)s is after today", day=day_words(day)))
    if day < made_on:
        words = {"day": day_words(day), "made": day_words(made_on)}
        return str(gettext("Given on: %(day)s is before it was made, on %(made)s", **words))
    return ""
