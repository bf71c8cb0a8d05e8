"""A screening in a mirror, and what an assessment says in an order that a mirror keeps."""

import re
from dataclasses import replace

from clinic_app.domain.assessment import Assessment
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Screening
from tests.screens import told_of

SIDES = re.compile(r"\b(left|right)\b")


def mirrored(screening: Screening) -> Screening:
    """The same person in a mirror."""
    kicking = screening.subject.kicking_leg or ""
    rows = (replace(row, side=row.side and row.side.other) for row in screening.precautions.rows)
    return replace(
        screening,
        subject=replace(screening.subject, kicking_leg=mirrored_words(kicking)),
        precautions=replace(screening.precautions, rows=tuple(rows)),
        findings=tuple(_mirrored(finding) for finding in screening.findings),
    )


def _mirrored(finding: Finding) -> Finding:
    values = dict(finding.values)
    if "short_side" in values:
        values["short_side"] = mirrored_words(str(values["short_side"]))
    return replace(finding, side=finding.side and finding.side.other, values=values)


def mirrored_words(words: str) -> str:
    return SIDES.sub(lambda found: Side(found[0]).other.value, words)


def mirrored_line(line: str) -> str:
    """One line of an answer in a mirror, where the left side is still told before the right."""
    return mirrored_words(line).replace("not read right left", "not read left right")


def comparable(assessment: Assessment) -> list[str]:
    """What an assessment says, a line for each fact; what opened a test names only one of two sides."""
    told = {**told_of(assessment), "opened": [opened.item for opened in assessment.opened]}
    lists = {key: value for key, value in told.items() if isinstance(value, list)}
    facts = [f"{key} {line}" for key, lines in lists.items() for line in lines]
    pairs = [f"{r.group} {r.side} {r.cls} {r.cannot_say} {r.confidence}" for r in assessment.groups]
    return sorted((*facts, *pairs, assessment.outcome, assessment.lower_limb, told["advice"]))
