"""A referral letter: to whom, how urgent, why, what was found and done, and what is asked."""

from dataclasses import dataclass
from datetime import datetime

from clinic_app.domain.safety import Advice


@dataclass(frozen=True)
class ReportLetter:
    """A letter with every word that it prints, as the therapist left it; unsigned while `signed_at` is None.

    `urgency` starts as the advice of the screen, and `urgency_words` say it to the doctor.
    """

    to_name: str
    to_place: str
    urgency: Advice
    urgency_words: str
    reason: str
    findings: str
    done: str
    question: str
    signed_by: str = ""
    signed_at: datetime | None = None
