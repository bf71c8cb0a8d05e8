"""The drawer of all exercises, searched and filtered; and the order of those on the sheet."""

import re

import pytest

from tests.on_sheet import Sheet, line_of


def names(page: str) -> set[str]:
    """The exercises that the drawer shows."""
    rows = re.findall(r'<li class="(?:lib|out)-row"( hidden)? data-facts.*?<b>(.*?)</b>', page, re.DOTALL)
    return {name for hidden, name in rows if not hidden}


def test_the_drawer_holds_all_forty_and_says_why_each_is_where_it_is(suggested: Sheet) -> None:
    page = suggested.get().text
    assert len(names(page)) == 40
    for row in re.findall(r'<li class="lib-row".*?</li>', page, re.DOTALL):
        assert re.search(r"Level \d\. \w+", row), row


@pytest.mark.parametrize(
    ("chosen", "held", "not_held"),
    [
        ({"q": "BRIDGE one"}, "One-leg bridge", "Bridge"),
        ({"position": "prone"}, "Leg lift on your belly", "Clam"),
        ({"equipment": "step"}, "Step-up", "Clam"),
        ({"equipment": "none"}, "Clam", "Clam with a band"),
        ({"level": "5"}, "Side hop and hold", "Clam"),
        ({"group": "internal_rotators"}, "Reverse clam", "Bridge"),
    ],
)
def test_the_drawer_is_searched_and_filtered(
    suggested: Sheet, chosen: dict[str, str], held: str, not_held: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    found = names(suggested.get(f"?{query}").text)
    assert held in found
    assert not_held not in found


def test_filtering_without_script_loses_nothing_that_was_typed(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post(do="filter", position="prone", **{f"{first}-sets": "1"})
    assert "position=prone" in answer.location
    assert line_of(suggested, first)["prescription"]["sets"] == 1


def test_the_sheet_is_put_into_another_order_at_once(suggested: Sheet) -> None:
    turned = suggested.exercises[::-1]
    assert suggested.post(do=f"order:{','.join(turned)}").status_code == 303
    assert suggested.exercises == turned


@pytest.mark.parametrize("spoilt", ["", "clam,clam", "{first}", "{all},jump_land"])
def test_an_order_of_other_exercises_is_refused(suggested: Sheet, spoilt: str) -> None:
    before = suggested.exercises
    order = spoilt.format(first=before[0], all=",".join(before))
    assert suggested.post(do=f"order:{order}").status_code == 400
    assert suggested.exercises == before


def test_what_was_typed_is_saved_on_the_way_to_the_circumstances(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post(do="circumstances", **{f"{first}-sets": "1"})
    assert answer.location == f"/programmes/{suggested.id}/circumstances"
    assert line_of(suggested, first)["prescription"]["sets"] == 1
