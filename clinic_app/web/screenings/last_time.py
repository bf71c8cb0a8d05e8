"""What the patient's last signed screening says of a step: shown when asked for, and never filled in."""

from dataclasses import dataclass
from datetime import date

from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.report import Report
from clinic_app.exchange.report_json import report_from_json
from clinic_app.records.facts import APART, DEMOGRAPHICS
from clinic_app.records.screening import Screening, report_before
from clinic_app.web import current
from clinic_app.web.wording import finding_words
from clinic_app.web.wording.language import say as _

# What a person is, as far as it is typed at a screening.
_OF_THE_PERSON = ("height_cm", "mass_kg", "kicking_leg", "activity", "sport")


@dataclass(frozen=True)
class Before:
    """The patient's last signed screening."""

    on: date
    report: Report

    def findings_of(self, item: str) -> dict[Side | None, Finding]:
        """What was recorded of an item then, by side."""
        if item == DEMOGRAPHICS:
            return {None: self._person()}
        return {found.side: found for found in self.report.facts.findings if found.item == item}

    def _person(self) -> Finding:
        subject = self.report.facts.subject
        told = {key: getattr(subject, key) for key in _OF_THE_PERSON}
        return Finding(DEMOGRAPHICS, values={key: value for key, value in told.items() if value is not None})


@dataclass(frozen=True)
class LastTime:
    """One step then: the day, the protocol where it was another one, and the words of each side."""

    on: date
    protocol: str
    sides: dict[Side | None, str]


def before(row: Screening) -> Before | None:
    """The last signed screening of this patient before this one."""
    found = report_before(current.session(), row)
    return Before(found[0], report_from_json(found[1])) if found else None


def last_time(then: Before | None, step: Step, protocol: str) -> LastTime | None:
    """That step at the last signed screening; None where there is none, or nothing to tell."""
    item = step.item
    if then is None or not item.fields or item.id in APART - {DEMOGRAPHICS}:
        return None
    was = then.report.facts.protocol
    return LastTime(
        on=then.on,
        protocol="" if was == protocol else _(then.report.terms.protocol),
        sides=_words(then, item),
    )


def _words(then: Before, item: Item) -> dict[Side | None, str]:
    """In the words of that time; a test of sides is told for both, recorded or not."""
    known, found, keys = then.report.terms.items.get(item.id, item), then.findings_of(item.id), item.keys()
    told = [side for side in keys if side or None in found] if found else [None]
    return {side: finding_words(found.get(side), known, then.report.terms.words) for side in told}
