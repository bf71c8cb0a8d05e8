"""The sheet loses nothing that was typed: it is saved meanwhile, and what came too late is sent again."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from clinic_app.web.programmes import agreed
from tests import people
from tests.on_sheet import Sheet, line_of

TODAY = date(2026, 9, 21)


def keep(sheet: Sheet, **typed: Any) -> TestResponse:
    """What the page's script sends a second after the last touch."""
    client = sheet.table.client
    data = {"csrf_token": client.token(), "revision": sheet.row.revision, **typed}
    return client.put(f"/programmes/{sheet.id}", data=data)


def test_what_is_typed_is_saved_and_the_page_goes_on_from_the_new_revision(suggested: Sheet) -> None:
    first, before = suggested.exercises[0], suggested.row.revision
    answer = keep(suggested, goal="Walk the dog", **{f"{first}-reps": "7", f"{first}-note": "Hold the rail"})
    assert answer.status_code == 200
    assert answer.json
    assert answer.json["revision"] == suggested.row.revision == before + 1
    assert re.fullmatch(r"\d\d:\d\d", answer.json["saved_at"])
    assert suggested.row.goal == "Walk the dog"
    line = line_of(suggested, first)
    assert (line["prescription"]["reps"], line["note"]) == (7, "Hold the rail")


def test_days_that_move_along_with_the_start_are_told_with_their_limits(
    suggested: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreed, "today", lambda: TODAY)
    keep(suggested, review_on=str(TODAY + timedelta(weeks=2)))
    start = TODAY + timedelta(weeks=1)
    stood = {"review_on": str(TODAY + timedelta(weeks=2)), "retest_on": str(TODAY + timedelta(weeks=8))}
    answer = keep(suggested, start_on=str(start), **stood)
    assert answer.json
    review = next(day for day in answer.json["days"] if day["name"] == "review_on")
    assert review == {
        "name": "review_on",
        "value": str(start + timedelta(weeks=4)),
        "min": str(start + timedelta(weeks=2)),
        "max": str(start + timedelta(weeks=4)),
        "within": "12 Oct to 26 Oct 2026",
    }


def test_what_does_not_fit_is_named_by_its_field_and_nothing_is_saved(suggested: Sheet) -> None:
    first, before = suggested.exercises[0], suggested.row.revision
    answer = keep(suggested, goal="g" * 121, **{f"{first}-reps": "99"})
    assert answer.status_code == 422
    assert answer.json
    assert {"goal", f"{first}-reps"} <= set(answer.json["errors"])
    assert suggested.row.revision == before


def test_saving_while_typing_never_overwrites_what_changed_elsewhere(suggested: Sheet) -> None:
    answer = keep(suggested, revision=1, goal="From an old page")
    assert (answer.status_code, answer.json) == (409, {"error": "outdated"})
    assert suggested.row.goal == ""


def test_nobody_approves_or_saves_from_an_old_page_what_somebody_else_put_on_the_sheet(
    suggested: Sheet,
) -> None:
    old, first = suggested.row.revision, suggested.exercises[0]
    suggested.post(do=f"remove:{first}")
    assert first not in suggested.exercises
    assert suggested.post("/approve", revision=old).status_code == 409
    assert suggested.row.status == "draft"
    assert keep(suggested, revision=old).status_code == 409
    assert suggested.row.revision == old + 1


def test_an_approved_programme_is_not_saved_while_typing(suggested: Sheet) -> None:
    suggested.post("/approve")
    assert keep(suggested, goal="Too late").status_code == 423


def test_a_sheet_changed_elsewhere_tells_what_was_typed_beside_what_is_saved(
    suggested: Sheet,
) -> None:
    first, second, *_rest = suggested.exercises
    old = suggested.row.revision
    keep(suggested, goal="Climb the stairs", **{f"{first}-note": "Hold the rail"})
    suggested.post(do=f"remove:{second}")
    typed = {f"{first}-reps": "7", f"{second}-note": "Slowly", f"{second}-sets": "1"}
    answer = suggested.post(revision=old, goal="Walk <the> dog", **typed)
    assert answer.status_code == 409
    told = unescape(answer.text)
    assert "Goal: you typed Walk <the> dog, saved is Climb the stairs" in told
    assert re.search(r"repetitions: you typed 7, saved is \d+", told)
    assert "is not on the sheet any more; you typed: note Slowly, sets 1" in told
    # What nobody typed here stands as it was saved there.
    assert ">Hold the rail</textarea>" in told
    assert "note to the patient: you typed" not in told


@pytest.mark.parametrize("rest", ["", "/approve"])
def test_what_was_typed_when_somebody_else_approved_it_is_told_and_not_lost(
    suggested: Sheet, rest: str
) -> None:
    suggested.post("/approve")
    answer = suggested.post(rest, goal="Walk the dog", review_on="2020-01-01")
    assert answer.status_code == 423
    assert "It was approved before you saved" in answer.text
    assert "Goal: you typed Walk the dog, saved is nothing" in answer.text
    assert "Review: you typed 1 Jan 2020, saved is " in answer.text
    assert suggested.row.goal == ""


def test_a_sheet_sent_after_the_sign_in_had_ended_is_sent_again_with_all_that_was_typed(
    suggested: Sheet, app: Flask
) -> None:
    revision, stranger = str(suggested.row.revision), app.test_client()
    typed = {"do": "save", "goal": "Walk <the> dog", "revision": revision}
    here = {"Origin": "http://localhost"}
    refused = stranger.post(f"/programmes/{suggested.id}", data=typed, headers=here)
    assert refused.status_code == 401
    again = stranger.post("/sign-in", data={**_hidden(refused.text), **_bob()})
    assert f'action="/programmes/{suggested.id}"' in again.text
    sent = stranger.post(f"/programmes/{suggested.id}", data=_hidden(again.text))
    assert sent.status_code == 303
    assert suggested.row.goal == "Walk <the> dog"


def test_a_script_without_a_sign_in_is_told_so(suggested: Sheet, app: Flask) -> None:
    answer = app.test_client().put(f"/programmes/{suggested.id}", data={"goal": "Nobody"})
    assert (answer.status_code, answer.json) == (401, {"error": "signed_out"})


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def _bob() -> dict[str, str]:
    return {"username": "bob", "password": people.BOB.password}
