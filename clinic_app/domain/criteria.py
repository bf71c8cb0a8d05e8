"""Answers that follow from criteria, such as the rating of a squat from its five."""

from collections.abc import Mapping

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Item


def following_from_criteria(item: Item, values: Mapping[str, Value]) -> dict[str, Value]:
    """Each field of the item whose answer follows from criteria among these values, with that answer."""
    found: dict[str, Value] = {}
    for field in item.fields:
        criteria = values.get(field.derived_from)
        if isinstance(criteria, Mapping):
            met = sum(answer == "ok" for answer in criteria.values())
            reached = [choice for choice in field.choices if choice.least_met is not None]
            reached = [choice for choice in reached if (choice.least_met or 0) <= met]
            found[field.key] = max(reached, key=lambda choice: choice.least_met or 0).id
    return found
