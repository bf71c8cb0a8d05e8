"""What a page weighs, and how its sheet and scripts are sent."""

import gzip
import re

from flask import Flask
from flask.testing import FlaskClient

from clinic_app.web.small_files import STEP
from tests.at_table import AtTable

MOST_BYTES = 60_000
FILES = re.compile(r'(?:src|href)="(/static/(?:js|css)/[^"]+)"')
IMPORTS = re.compile(r'"(\./[\w-]+\.js)"')
PACKED = {"Accept-Encoding": "gzip"}


def test_a_step_weighs_little_with_all_that_it_loads(app: Flask, table: AtTable) -> None:
    table.start("full").safe()
    for line in app.extensions["clinic"]["library"].protocols["full"].lines[:-1]:
        page = table.get(f"/steps/{line.item}").text
        assert STEP in page
        files = _loaded(table.client, FILES.findall(page))
        weight = len(gzip.compress(page.encode())) + sum(files.values())
        assert weight < MOST_BYTES, (line.item, weight)


def _loaded(client: FlaskClient, ahead: list[str]) -> dict[str, int]:
    """The weight of each file as it is sent, those that scripts import with it."""
    weight: dict[str, int] = {}
    while ahead:
        path = ahead.pop().partition("?")[0]
        if path not in weight:
            answer = client.get(path, headers=PACKED)
            assert answer.status_code == 200, path
            assert answer.headers["Content-Encoding"] == "gzip", path
            weight[path] = len(answer.data)
            ahead += [
                f"/static/js/{name[2:]}" for name in IMPORTS.findall(gzip.decompress(answer.data).decode())
            ]
    return weight


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
