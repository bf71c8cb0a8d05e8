"""Which findings may be read: those that no precaution closes, or that the therapist opened with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinic_app.domain.closing import Closing
from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding, PainLimited, Status
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.screening import Screening
from clinic_app.domain.setting_up import SET_UP, with_set_up


@dataclass(frozen=True)
class SetAside:
    """A finding, or the named part of it, that is kept and not used, and what closes it."""

    finding: Finding
    because: str
    part: str = ""

    @property
    def named(self) -> str:
        """The item, or the part of it, as `item.field`."""
        return f"{self.finding.item}.{self.part}" if self.part else self.finding.item


@dataclass(frozen=True)
class Usable:
    """The done findings that may be read, by item and side, and those set aside."""

    findings: Mapping[tuple[str, Side | None], Finding]
    set_aside: tuple[SetAside, ...]

    def get(self, item: str, side: Side | None) -> Finding | None:
        """The usable finding of this item and side, if there is one."""
        return self.findings.get((item, side))


def usable_findings(
    screening: Screening, library: Library, closed: Mapping[str, tuple[Closing, ...]]
) -> Usable:
    """Sort the done findings into those that may be read and those that are set aside.

    What a force leaves out is filled from the set-up of the dynamometer.
    """
    findings: dict[tuple[str, Side | None], Finding] = {}
    aside: list[SetAside] = []
    done = [finding for finding in screening.findings if finding.status is Status.DONE]
    setup = next((finding for finding in done if finding.item == SET_UP), None)
    for finding in done:
        item = library.items[finding.item]
        closed_here = () if finding.opened_because else closed.get(finding.item, ())
        if not closed_here and not finding.compensations and item.reads_as_recorded:
            findings[finding.item, finding.side] = finding
            continue
        measured = with_set_up(finding, setup, item) if item.set_up_by else finding
        closing = next((closing for closing in closed_here if closing.covers(measured)), None)
        if closing:
            aside.append(SetAside(finding, closing.because))
            continue
        parts = _closed_parts(finding, closed_here)
        aside.extend(SetAside(finding, because, part) for part, because in parts.items())
        findings[finding.item, finding.side] = _read(measured, parts, item)
    return Usable(findings, tuple(aside))


def _closed_parts(finding: Finding, closed: tuple[Closing, ...]) -> dict[str, str]:
    parts = ((field, closing) for closing in closed if closing.on(finding.side) for field in closing.fields)
    return {field: closing.because for field, closing in parts if finding.values.get(field) is not None}


def _read(finding: Finding, parts: Mapping[str, str], item: Item) -> Finding:
    """Leave out closed parts, add what follows from criteria, and hear a cramp as stopped by pain."""
    if parts or item.derived:
        values = following_from_criteria(item, finding.values) | dict(finding.values)
        finding = replace(finding, values={key: value for key, value in values.items() if key not in parts})
    if not item.stopping.isdisjoint(finding.compensations):
        return replace(finding, pain_limited=PainLimited.YES)
    return finding
