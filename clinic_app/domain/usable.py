"""Which findings may be read: those that no precaution closes, or that the therapist opened with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinic_app.domain.closing import Closing
from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding, PainLimited
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Screening


@dataclass(frozen=True)
class SetAside:
    """A finding, or the named part of it, that is kept and not used, and the precaution because of which."""

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
    """Sort the done findings into those that may be read and those that a precaution sets aside."""
    findings: dict[tuple[str, Side | None], Finding] = {}
    aside: list[SetAside] = []
    for finding in screening.findings:
        if not finding.done:
            continue
        closing = _closing(finding, closed.get(finding.item, ()))
        if closing:
            aside.append(SetAside(finding, closing.because))
            continue
        parts = _closed_parts(finding, closed.get(finding.item, ()))
        aside.extend(SetAside(finding, because, part) for part, because in parts.items())
        findings[finding.item, finding.side] = _read(finding, parts, library)
    return Usable(findings, tuple(aside))


def _closing(finding: Finding, closed: tuple[Closing, ...]) -> Closing | None:
    if finding.opened_because:
        return None
    return next((closing for closing in closed if closing.covers(finding)), None)


def _closed_parts(finding: Finding, closed: tuple[Closing, ...]) -> dict[str, str]:
    if finding.opened_because:
        return {}
    parts = ((field, closing) for closing in closed if closing.on(finding.side) for field in closing.fields)
    return {field: closing.because for field, closing in parts if finding.values.get(field) is not None}


def _read(finding: Finding, parts: Mapping[str, str], library: Library) -> Finding:
    """Leave out closed parts, add what follows from criteria, and hear a cramp as stopped by pain."""
    item = library.items[finding.item]
    follows = following_from_criteria(item, finding.values)
    values = {key: value for key, value in (follows | dict(finding.values)).items() if key not in parts}
    stopping = {choice.id for choice in item.compensations if choice.pain_limited}
    if not stopping.isdisjoint(finding.compensations):
        return replace(finding, values=values, pain_limited=PainLimited.YES)
    return finding if values == finding.values else replace(finding, values=values)
