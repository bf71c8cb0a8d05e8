"""Answers that follow from others: the rating of a squat from its criteria, a score from its points."""

from collections.abc import Mapping

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Field, Item


def following_from_criteria(item: Item, values: Mapping[str, Value]) -> dict[str, Value]:
    """Each field of the item whose answer follows from others among these values, with that answer.

    A sum follows only when every part of it is given.
    """
    found: dict[str, Value] = {}
    for field in item.derived:
        criteria = values.get(field.derived_from)
        if isinstance(criteria, Mapping):
            found[field.key] = _rating(field, criteria)
        points = [point for part in field.sum_of if isinstance(point := values.get(part), int)]
        if field.sum_of and len(points) == len(field.sum_of):
            found[field.key] = sum(points)
    return found


def _rating(field: Field, criteria: Mapping[str, Value]) -> str:
    met = sum(answer == "ok" for answer in criteria.values())
    reached = [choice for choice in field.choices if choice.least_met is not None and choice.least_met <= met]
    return max(reached, key=lambda choice: choice.least_met or 0).id
