"""What a page weighs, and how its sheet and scripts are sent."""

import gzip
import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from clinic_app.web.small_files import PAGE, STEP
from tests.at_table import AtTable

MOST_BYTES = 60_000
FILES = re.compile(r'(?:src|href)="(/static/(?:js|css)/[^"]+)"')
SHEET = re.compile(r'href="/static/(css/[^"?]+)')
CLASSES = re.compile(r'class="([^"]+)"')
LAID_OUT = re.compile(r"\.([a-z][\w-]*)")
IMPORTS = re.compile(r'"(\./[\w-]+\.js)"')
PACKED = {"Accept-Encoding": "gzip"}


def test_a_step_weighs_little_with_all_that_it_loads(app: Flask, table: AtTable) -> None:
    table.start("full").safe()
    sent: dict[str, Sent] = {}
    for line in app.extensions["clinic"]["library"].protocols["full"].lines[:-1]:
        page = table.get(f"/steps/{line.item}").text
        assert STEP in page
        files = _loaded(table.client, FILES.findall(page), sent)
        weight = len(gzip.compress(page.encode())) + sum(sent[path].weight for path in files)
        assert weight < MOST_BYTES, (line.item, weight)


def test_the_sheet_of_each_page_of_a_screening_lays_out_all_that_is_on_it(app: Flask, table: AtTable) -> None:
    table.start("full").safe().enter()
    lays_out = {
        sheet: set(LAID_OUT.findall(table.client.get(f"/static/{sheet}").text)) for sheet in (PAGE, STEP)
    }
    for line in app.extensions["clinic"]["library"].protocols["full"].lines:
        page = table.get("/review" if line.item == "review" else f"/steps/{line.item}").text
        used = {name for names in CLASSES.findall(page) for name in names.split()}
        found = SHEET.search(page)
        assert found, line.item
        assert not used & lays_out[PAGE] - lays_out[found[1]], line.item


@dataclass(frozen=True)
class Sent:
    """How much of a file is sent, and the scripts that it imports."""

    weight: int
    imports: tuple[str, ...]


def _loaded(client: FlaskClient, ahead: list[str], sent: dict[str, Sent]) -> set[str]:
    """The files that a page loads, those that scripts import with it; `sent` remembers each."""
    loaded: set[str] = set()
    while ahead:
        path = ahead.pop().partition("?")[0]
        if path not in loaded:
            loaded.add(path)
            sent[path] = sent.get(path) or _sent(client, path)
            ahead += sent[path].imports
    return loaded


def _sent(client: FlaskClient, path: str) -> Sent:
    answer = client.get(path, headers=PACKED)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Encoding"] == "gzip", path
    imports = IMPORTS.findall(gzip.decompress(answer.data).decode())
    return Sent(len(answer.data), tuple(f"/static/js/{name[2:]}" for name in imports))


def test_a_browser_that_reads_nothing_packed_gets_the_same_words(client: FlaskClient) -> None:
    plain, packed = client.get("/static/js/outbox.js"), client.get("/static/js/outbox.js", headers=PACKED)
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.mimetype == "text/javascript"


def test_a_file_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/css/page.css", headers=PACKED)
    again = client.get("/static/css/page.css", headers={**PACKED, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_that_is_none_of_ours_is_not_found(client: FlaskClient) -> None:
    assert client.get("/static/js/nothing.js").status_code == 404
