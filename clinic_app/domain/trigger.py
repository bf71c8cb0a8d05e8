"""What opens a conditional item: conditions that must all hold, and the words that tell the therapist why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answered:
    """One of these answers to a field of a test, on any side; yes and no for a yes-or-no field."""

    item: str
    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Trigger:
    """Opens an item when every condition that is given holds.

    `sites`: one of them named in `symptom_location`; `age_from`: this age on, in whole years; `graded_item`
    with `grade`: that grade or a weaker one; `precautions`: one of these rows holds; `answered`: a test
    answered so. Sides are not told apart: what is found on one opens both.
    """

    because: str
    sites: tuple[str, ...] = ()
    age_from: int | None = None
    graded_item: str = ""
    grade: str = ""
    precautions: tuple[str, ...] = ()
    answered: Answered | None = None
