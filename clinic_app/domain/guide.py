"""What the reference pages tell beside tests and rules: muscles, conditions, words, measurement error."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_app.domain.evidence import Evidence, Mark


@dataclass(frozen=True)
class Condition:
    """One condition, and what the evidence says of gluteal weakness in it."""

    id: str
    name: str
    says: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Term:
    """One word of the product and what it means."""

    name: str
    means: str


@dataclass(frozen=True)
class Measure:
    """How repeatable one measure is.

    `change` is the smallest change beyond error, `change_mark` its own mark; `items` names the tests that it
    concerns. Empty texts were not reported.
    """

    id: str
    name: str
    items: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    reliability: str = ""
    error: str = ""
    change: str = ""
    change_mark: Mark | None = None


@dataclass(frozen=True)
class Unread:
    """A source of reference values that exists, what it holds, and why it is not used here."""

    source: str
    holds: str
    because: str


@dataclass(frozen=True)
class Guide:
    """The words, the muscles, the conditions and the measures; `limits` says what a screen is not.

    `dated` is the day of the content, `remarks` says of each note when it is printed, `cuts` what each
    grade of the settings decides.
    """

    speak_first: str
    limits: str
    reviewed: str
    dated: str
    words: tuple[Term, ...]
    abbreviations: tuple[Term, ...]
    glossary: tuple[Term, ...]
    muscles: tuple[Evidence, ...]
    conditions: tuple[Condition, ...]
    unread: tuple[Unread, ...]
    remarks: Mapping[str, str]
    cuts: Mapping[str, str]
    measures: tuple[Measure, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that is named."""
        told = (*self.muscles, *(fact for condition in self.conditions for fact in condition.evidence))
        measured = (fact for measure in self.measures for fact in measure.evidence)
        return (*(fact.source for fact in (*told, *measured)), *(one.source for one in self.unread))
