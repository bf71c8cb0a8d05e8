"""What the reference pages tell of the screen, the muscles and the conditions that go with weakness."""

from dataclasses import dataclass

from clinic_app.domain.evidence import Evidence


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
class Guide:
    """The words, the muscles and the conditions; `limits` says what a screen is not."""

    speak_first: str
    limits: str
    reviewed: str
    words: tuple[Term, ...]
    abbreviations: tuple[Term, ...]
    muscles: tuple[Evidence, ...]
    conditions: tuple[Condition, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that is named."""
        told = (*self.muscles, *(fact for condition in self.conditions for fact in condition.evidence))
        return tuple(fact.source for fact in told)
