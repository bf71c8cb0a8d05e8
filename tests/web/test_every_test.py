"""Every test of every protocol: opened, filled, saved through its page, and shown again as it was entered."""

from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.protocol import Field, Item, Side
from clinic_app.library import load_library
from clinic_app.records.audit import AuditEvent
from clinic_app.web.entered import typed_fields
from clinic_app.web.screening_forms import asked_fields
from tests.at_table import AtTable
from tests.valid import typed

LIBRARY = load_library()
TESTS = sorted(item for item in LIBRARY.items if item not in WITHOUT_FINDING)
# What the patient is asked is answered, or stays missing; only what is done can be left undone.
DONE_BY_HAND = [name for name in TESTS if LIBRARY.items[name].section != "history"]
NO_ANSWER = {"csrf_token", "do", "protocol"}


class Filled(HTMLParser):
    """What a browser would send of a page's form as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._textarea = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.sent[self._select] = given.get("value") or ""
        elif tag == "input" and name:
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if ticked:
                self.sent[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def answers(item: Item, side: Side | None) -> dict[str, str]:
    """A valid answer to everything that this test asks on this side, by the names of the inputs."""
    fields: list[Field] = [f for f in typed_fields(asked_fields(item)) if f in item.fields_on(side)]
    own: dict[str, str] = {}
    for field in fields:
        if field.derived_from or field.sum_of:
            continue
        own |= typed(field)
    if item.asks_pain:
        own["pain"] = "1"
    return {f"{side}-{name}" if side else name: value for name, value in own.items()}


def all_answers(item: Item) -> dict[str, str]:
    """Those of all sides."""
    return {name: value for side in item.keys() for name, value in answers(item, side).items()}  # noqa: SIM118


def opened(table: AtTable, item: str) -> str:
    """The page of a test, added by hand where the protocol does not list it."""
    page = table.get(f"/steps/{item}")
    if page.status_code == 404:
        assert table.client.post_form(table.url(f"/further/{item}")).status_code == 303
        page = table.get(f"/steps/{item}")
    assert page.status_code == 200, item
    # A wheel or an arrow key changes such a field unseen.
    assert 'type="number"' not in page.text, item
    return str(page.text)


@pytest.mark.parametrize("protocol", ["quick", "full", "older_adult"])
def test_every_step_of_every_protocol_can_be_opened(app: Flask, table: AtTable, protocol: str) -> None:
    table.start(protocol)
    for line in app.extensions["clinic"]["library"].protocols[protocol].lines[:-1]:
        assert table.get(f"/steps/{line.item}").status_code == 200, line.item


def test_every_test_is_saved_shown_as_it_was_entered_and_unchanged_when_it_is_sent_again(
    app: Flask, table: AtTable, session: Session
) -> None:
    table.start("full").safe()
    for name in TESTS:
        item: Item = app.extensions["clinic"]["library"].items[name]
        opened(table, name)
        sent = all_answers(item)
        answer = table.step(name, sent)
        assert answer.status_code == 303, (name, answer.text[:3000])
        shown = Filled(opened(table, name)).sent
        missing = {key: (value, shown.get(key)) for key, value in sent.items() if shown.get(key) != value}
        assert not missing, (name, missing)
        for side in item.keys():  # noqa: SIM118
            row = table.recorded(session, name, str(side or "none"))
            assert row, (name, side)
            assert row.values, (name, side)
        saves = _saves(session)
        again = {key: value for key, value in shown.items() if key not in NO_ANSWER}
        assert table.step(name, again).status_code == 303, name
        assert _saves(session) == saves, name


def test_every_test_can_be_marked_as_not_tested_with_a_reason(
    app: Flask, table: AtTable, session: Session
) -> None:
    table.start("full").safe()
    for name in DONE_BY_HAND:
        item: Item = app.extensions["clinic"]["library"].items[name]
        sent: dict[str, Any] = {}
        for side in item.keys():  # noqa: SIM118
            start = f"{side}-" if side else ""
            sent |= {f"{start}status": "not_done", f"{start}not_done_reason": "no_time"}
        assert set(sent) <= set(_names(opened(table, name))), name
        assert table.step(name, sent).status_code == 303, name
        row = table.recorded(session, name, str(item.keys()[0] or "none"))
        assert row, name
        assert (row.status, row.not_done_reason) == ("not_done", "no_time"), name


def _names(page: str) -> set[str]:
    found = HTMLParser()
    names: set[str] = set()
    found.handle_starttag = lambda _tag, attrs: names.add(dict(attrs).get("name") or "")  # type: ignore[method-assign]
    found.feed(page)
    return names


def _saves(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(AuditEvent).filter_by(action="save")) or 0
