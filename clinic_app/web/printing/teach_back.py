"""What staff ask before a handout is given, in the language of the page and in that of the patient."""

from dataclasses import dataclass

from flask_babel import force_locale, get_locale

from clinic_app.web import current
from clinic_app.web.wording.language import say

BLOCK = "teach_back_staff"


@dataclass(frozen=True)
class Question:
    """The words to say, in quotation marks, and their language."""

    language: str
    text: str


def questions(language: str) -> list[Question]:
    """The words for staff, then for the patient where they read another language."""
    here = str(get_locale())
    return [_question(one) for one in dict.fromkeys((here, language))]


def _question(language: str) -> Question:
    with force_locale(language):
        words = say(current.library().exercises.handout.block(BLOCK).text)
    # Before the colon it says only that it is for staff.
    return Question(language, words.partition(": ")[2])
