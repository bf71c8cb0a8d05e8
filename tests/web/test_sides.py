"""Left and right: exchanged when they were mistaken, and the painful side and kicking leg always in view."""

import re

from sqlalchemy.orm import Session

from tests.at_table import ABDUCTION, AtTable


def _form(table: AtTable, left: str, right: str, **more: str) -> dict[str, str]:
    known = {side: str(table.revisions.get((ABDUCTION, side), 0)) for side in ("left", "right")}
    grades = {"left-grade_whole": left, "right-grade_whole": right}
    pains = {f"{side}-pain": "0" for side, grade in (("left", left), ("right", right)) if grade}
    return {f"revision-{side}": number for side, number in known.items()} | grades | pains | more


def _grades(table: AtTable, session: Session) -> tuple[str | None, ...]:
    rows = [table.recorded(session, ABDUCTION, side) for side in ("left", "right")]
    return tuple(row.values.get("grade") if row and row.status == "done" else None for row in rows)


def _revisions(table: AtTable, session: Session) -> None:
    for side in ("left", "right"):
        row = table.recorded(session, ABDUCTION, side)
        table.revisions[ABDUCTION, side] = row.revision if row else 0


def test_the_sides_of_a_test_are_exchanged_and_back_again_also_when_one_is_empty(
    table: AtTable, session: Session
) -> None:
    table.safe().done(ABDUCTION, "left", {"grade": "3"})
    swap = f"{ABDUCTION}/swap"
    answer = table.step(swap, _form(table, "3", ""))
    assert (answer.status_code, _grades(table, session)) == (303, (None, "3"))
    page = table.client.get(answer.location).text
    assert "Left and right of this test were exchanged." in page
    assert 'value="undo"' in page
    # The empty side has its revision, or the device would lay its own last answer over it.
    assert 'data-revision-left="2"' in page
    _revisions(table, session)
    table.step(swap, _form(table, "", "3", do="undo"))
    assert _grades(table, session) == ("3", None)
    _revisions(table, session)
    table.step(swap, _form(table, "3", "5"))
    assert _grades(table, session) == ("5", "3")


def test_an_exchange_never_overwrites_what_was_saved_elsewhere_nor_a_signed_record(
    table: AtTable, session: Session
) -> None:
    table.safe().enter()
    before = _grades(table, session)
    stale = _form(table, "5", "4", **{"revision-left": "7"})
    answer = table.step(f"{ABDUCTION}/swap", stale)
    assert answer.status_code == 409
    assert "also changed elsewhere" in answer.text
    assert _grades(table, session) == before
    assert table.step("demographics/swap", {}).status_code == 404
    assert table.sign().status_code == 303
    table.step(f"{ABDUCTION}/swap", _form(table, "5", "4"))
    assert _grades(table, session) == before


def test_the_painful_side_and_the_kicking_leg_stay_in_view(table: AtTable) -> None:
    table.safe()
    assert "Painful" not in table.get(f"/steps/{ABDUCTION}").text
    table.done("symptom_location", "left", {"sites": ["lateral_hip"]}, None)
    table.done("symptom_location", "right", {"sites": ["none"]}, None)
    table.done("demographics", "none", {"kicking_leg": "right"}, None)
    bar = re.sub(r"<[^>]+>", " ", table.get(f"/steps/{ABDUCTION}").text)
    assert re.search(r"Painful\s+left \(side of the hip\)\s+Kicks with\s+right", bar)
