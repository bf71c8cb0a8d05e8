"""No page opens by itself: every route is walked from the app's own map."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from clinic_app.web.security import PUBLIC


def _address(rule: Rule) -> str:
    values = {
        name: "1" if isinstance(kind, IntegerConverter) else "x" for name, kind in rule._converters.items()
    }
    address = rule.build(values, append_unknown=False)
    assert address
    return address[1]


def _routes(app: Flask, prefix: str = "/") -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC or not rule.rule.startswith(prefix):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, _address(rule)


def test_only_signing_in_setting_up_shared_links_and_what_holds_nothing_of_anybody_are_public(
    app: Flask,
) -> None:
    before = {"static", "account.sign_in", "account.setup"}
    shared = {"shared.page", "shared.open_page", "shared.handout", "shared.log"}
    assert before | {"offline.page", "tablet.authority"} | shared == PUBLIC
    assert len(list(_routes(app))) > 20


def test_a_stranger_gets_nothing_but_the_sign_in_page(app: Flask, client: FlaskClient) -> None:
    for method, address in _routes(app):
        answer = client.open(address, method=method)
        if method == "GET":
            assert answer.status_code == 303, (method, address)
            assert answer.location.startswith("/sign-in"), (method, address)
        else:
            assert answer.status_code == 401, (method, address)


def test_an_unknown_address_tells_a_stranger_nothing(client: FlaskClient) -> None:
    assert client.get("/patients/1/nonsense").location.startswith("/sign-in")


def test_a_therapist_reaches_no_page_of_the_administration(app: Flask, as_bob: FlaskClient) -> None:
    routes = list(_routes(app, "/admin"))
    token = as_bob.token()
    assert len(routes) >= 6

    for method, address in routes:
        answer = as_bob.open(address, method=method, data={"csrf_token": token})
        assert answer.status_code == 403, (method, address)


@pytest.mark.parametrize("name", ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, name: str) -> None:
    for address in ("/sign-in", "/today", "/nothing", "/static/favicon.svg"):
        with client.get(address) as answer:
            assert name in answer.headers


def test_no_page_is_kept_by_the_browser(as_bob: FlaskClient) -> None:
    assert as_bob.get("/today").headers["Cache-Control"] == "no-store"


def test_a_static_file_is_kept_for_ever_and_carries_no_cookie(as_bob: FlaskClient) -> None:
    page = as_bob.get("/today").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    with as_bob.get(address) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


def test_the_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
