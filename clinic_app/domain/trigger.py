"""What opens a conditional item: a closed set of kinds, each with the words that tell the therapist why."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class SitesNamed:
    """Opens when `symptom_location` names one of these sites on either side."""

    sites: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class AgeFrom:
    """Opens from this age on, in whole years."""

    age_from: int
    because: str


@dataclass(frozen=True)
class GradeAtMost:
    """Opens when this item has this grade or a lower one on any side."""

    graded_item: str
    grade: str
    because: str


@dataclass(frozen=True)
class PrecautionHeld:
    """Opens when one of these precaution rows holds."""

    precautions: tuple[str, ...]
    because: str


Trigger: TypeAlias = SitesNamed | AgeFrom | GradeAtMost | PrecautionHeld
