"""Signed and stopped screenings as lists show them: the class pairs of the report that was stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from clinic_app.domain.assessment import Assessment, CannotSay, GroupResult
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import Class
from clinic_app.exchange.report_json import assessment_from_json
from clinic_app.records.screening import Screening
from clinic_app.web import current
from clinic_app.web.wording import shown_class

CONFLICT = "conflict"
# What a list shows first when it has room for one pair only; not knowing comes before having found nothing.
GRAVEST_FIRST = (Class.MARKED, Class.PROBABLE, Class.POSSIBLE, CONFLICT, Class.CANNOT_SAY, Class.NONE_FOUND)


@dataclass(frozen=True)
class Pair:
    """A muscle group with the class shown for each side: a `Class`, or `conflict`."""

    group: Group
    name: str
    muscles: str
    left: str
    right: str
    tested: bool

    @property
    def rank(self) -> int:
        """How grave the worse side is, 0 the gravest."""
        return min(GRAVEST_FIRST.index(self.left), GRAVEST_FIRST.index(self.right))


@dataclass(frozen=True)
class Past:
    """One signed or stopped screening."""

    row: Screening
    pairs: tuple[Pair, ...]

    @property
    def worst(self) -> Pair:
        """The pair that tells the most: the gravest, of those that were tested if any was."""
        return min((pair for pair in self.pairs if pair.tested), key=_rank, default=self.pairs[0])


def past_of(row: Screening) -> Past:
    """The screening with its pairs as they were signed."""
    return Past(row, pairs_of(assessment_from_json(row.report or {})))


def pairs_of(assessment: Assessment) -> tuple[Pair, ...]:
    """Every muscle group in order, left beside right."""
    return tuple(_pair(group, assessment) for group in Group)


def _rank(pair: Pair) -> int:
    return pair.rank


def _pair(group: Group, assessment: Assessment) -> Pair:
    words = current.library().words
    results: Sequence[GroupResult] = [assessment.result(group, side) for side in Side]
    left, right = (str(shown_class(result, assessment)) for result in results)
    tested = any(result.cannot_say is not CannotSay.NOT_TESTED for result in results)
    return Pair(group, _(words["group"][group]), _(words["group_muscles"][group]), left, right, tested)
