"""What one act may enter on a step: a test that came out as usual, or what is still so of a person.

It is offered only while nothing is recorded on the step and nothing closes it; it says what it enters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.usual import Usual
from clinic_app.records.facts import DEMOGRAPHICS
from clinic_app.web.pages import day
from clinic_app.web.screening_forms import form_data
from clinic_app.web.screenings.last_time import Before
from clinic_app.web.wording import values_words
from clinic_app.web.wording.language import say

ASKED = "history"


@dataclass(frozen=True)
class OneAct:
    """What a tap says and enters: for each input of the step's form its values."""

    says: str
    fills: Mapping[str, list[str]]

    def form(self) -> MultiDict[str, str]:
        """The inputs as a form would send them."""
        return MultiDict([(name, value) for name, values in self.fills.items() for value in values])


def one_act(step: Step, recorded: bool, then: Before | None) -> OneAct | None:
    """What may be entered by one act on this step; None where everything is entered by itself."""
    if recorded or step.closed or step.closed_parts:
        return None
    if step.item.id == DEMOGRAPHICS:
        return _still(step.item, then) if then else None
    return _as_usual(step.item, step.item.usual) if step.item.usual else None


def _as_usual(item: Item, usual: Usual) -> OneAct:
    what = say(usual.says)
    asked = item.section == ASKED
    fills = {f"{side}-{_input(key)}": [*values] for side in Side for key, values in usual.answers.items()}
    return OneAct(
        _("Asked about both sides, as usual: %(what)s", what=what)
        if asked
        else _("Tested both sides, as usual: %(what)s", what=what),
        fills,
    )


def _input(key: str) -> str:
    return "grade_whole" if key == "grade" else key


def _still(item: Item, then: Before) -> OneAct | None:
    """What was recorded of the person; the note says that it was confirmed and not measured again."""
    person = then.findings_of(DEMOGRAPHICS)[None]
    if not person.values:
        return None
    on = day(then.on)
    typed = {key: [str(value)] for key, value in form_data(item, person).items() if key in item.field_keys}
    note = _("Confirmed to be still as on %(day)s", day=on)
    says = _("Still as on %(day)s: %(what)s", day=on, what=values_words(person, item))
    return OneAct(says, {**typed, "note": [note]})
