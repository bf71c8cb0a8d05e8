"""A patient reads the handout by a link: the birth year first, and one page for whatever does not open."""

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import page as page_validation
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.report import ChosenLine
from clinic_app.exchange.report_json import programme_to_json, report_from_json
from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Document, Edition, Printed, store_document
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.records.programme import Approval as Stored
from clinic_app.records.programme import Programme, approve, draft_programme
from clinic_app.records.returned_log import ReturnedLog
from clinic_app.records.setting import SHARE, Change, change_setting
from clinic_app.records.share_link import ShareLink, hash_of, make_link, new_token, revoke_link
from clinic_app.records.table import now
from clinic_app.records.user import User
from clinic_app.web.papers import Paper
from clinic_app.web.reporting import Approval, programme_report, with_programme
from clinic_app.web.share.opening import ADDRESS
from clinic_app.web.share.unlogged import hidden
from tests import papers, people, reports, screened
from tests.counting import queries_of

BORN = str(people.MARISOL["born_on"].year)
PDF = b"%PDF-1.7 as it was stored"
ADDRESS_OF_CLINIC = "https://exercises.example.org"


@pytest.fixture
def bob(session: Session) -> User:
    """Bob's row."""
    return session.scalars(select(User).filter_by(username="bob")).one()


@pytest.fixture
def programme(app: Flask, session: Session, patient: Patient, bob: User) -> Programme:
    """Marisol's programme, approved by Bob, in a clinic that shares."""
    row = screened.signed(app, session, patient, screened.RIGHT_WEAK)
    exercises = reports.library().exercises
    case = reports.circumstances(report_from_json(row.report))
    suggested = prescribe(case, exercises)
    approval = Approval(bob.signature, reports.SIGNED_AT, reports.TAKEN_ON, date(2026, 10, 6))
    chosen = [ChosenLine(prescription) for prescription in suggested.prescriptions]
    frozen = programme_report(chosen, suggested, case, approval, exercises)
    made = draft_programme(session, row, bob.id)
    approve(session, made, Stored(programme_to_json(frozen), bob, approval.at, made.revision))
    switch(session, bob)
    session.commit()
    return made


def switch(session: Session, bob: User, *, on: bool = True) -> None:
    value = {"address": ADDRESS_OF_CLINIC, "days": 14} if on else None
    change_setting(session, Change(SHARE, value, "patients asked"), bob)
    session.commit()


@dataclass
class Phone:
    """The patient's phone, and the link that it was given."""

    client: Any
    link: ShareLink
    token: str
    language: str = "en"

    @property
    def url(self) -> str:
        return f"/s/{self.language}/{self.token}"

    def get(self, rest: str = "") -> TestResponse:
        return self.client.get(self.url + rest)

    def type(self, year: str) -> TestResponse:
        """Type the birth year into the page that asks for it."""
        token = re.search('name="csrf_token" value="([^"]+)"', self.get().text)
        assert token
        return self.client.post(self.url, data={"year": year, "csrf_token": token[1]})


def given(
    app: Flask, session: Session, programme: Programme, bob: User, *, days: int = 14, language: str = "en"
) -> Phone:
    token = new_token()
    edition = Edition(
        programme.screening_id,
        "handout",
        "A4",
        language,
        "normal",
        hashlib.sha256(token.encode()).hexdigest(),
    )
    document = store_document(session, edition, Printed(PDF, 5), bob.id, programme.id)
    link = make_link(session, document, hash_of(token), now() + timedelta(days=days), bob)
    session.commit()
    return Phone(app.test_client(), link, token)


@pytest.fixture
def phone(app: Flask, session: Session, programme: Programme, bob: User) -> Phone:
    """A phone with a link that works for two weeks."""
    return given(app, session, programme, bob)


def whys(session: Session) -> list[str]:
    session.rollback()
    rows = session.scalars(select(AuditEvent).filter_by(action="refuse").order_by(AuditEvent.id))
    return [row.detail["why"] for row in rows]


def test_nothing_is_shown_before_the_birth_year(phone: Phone) -> None:
    asked = phone.get()
    assert asked.status_code == 200
    assert "What year were you born?" in asked.text
    assert "Marisol" not in asked.text
    assert "<script" not in asked.text
    made_up = phone.client.get(f"/s/en/{new_token()}")
    without_token = re.compile('value="[^"]+"')
    assert without_token.sub("", made_up.text) == without_token.sub("", asked.text)
    pdf = phone.get("/handout.pdf")
    assert (pdf.status_code, pdf.location) == (303, phone.url)


def test_the_birth_year_opens_the_page_and_the_very_bytes_that_were_stored(
    phone: Phone, session: Session
) -> None:
    answer = phone.type(BORN)
    assert (answer.status_code, answer.location) == (303, phone.url)
    page = phone.get().text
    assert "Your hip exercises" in page
    assert "Marisol Duarte" in page
    assert phone.get("/handout.pdf").data == PDF
    session.expire_all()
    assert session.get_one(ShareLink, phone.link.id).opened == 1
    read = session.scalars(select(AuditEvent).filter_by(action="read", noun="document")).all()
    assert [(row.user_id, row.noun_id) for row in read] == [(None, phone.link.document_id)] * 2


def test_the_page_says_all_that_the_paper_says(phone: Phone, programme: Programme) -> None:
    phone.type(BORN)
    page = words_of(phone.get().text)
    report = with_programme(report_from_json(programme.screening.report), programme)
    paper = papers.html(Paper.HANDOUT, report)
    blocks = paper[paper.index("<h1>") : paper.index('<section class="log">')]
    told = [words_of(block) for block in re.split("</(?:p|li|h1|h2|span)>", blocks)]
    assert len(told) > 90
    # A line to be filled in with a pen stands on paper only.
    assert [words for words in told if words not in page and "____" not in words] == []


def test_the_patient_writes_the_log_under_the_link_and_nobody_else_does(
    phone: Phone, session: Session
) -> None:
    assert (phone.get("/log").status_code, phone.get("/log").location) == (303, phone.url)
    phone.type(BORN)
    assert f'href="{phone.url}/log"' in phone.get().text
    token = re.search('name="csrf_token" value="([^"]+)"', phone.get("/log").text)
    assert token
    written = {"csrf_token": token[1], "revision": "0", "w1-days": "3", "w1-pain": "2"}
    answer = phone.client.post(f"{phone.url}/log", data=written)
    assert (answer.status_code, answer.location) == (303, f"{phone.url}/log?saved=1")
    row = session.scalars(select(ReturnedLog)).one()
    assert (row.author, row.days_done, row.pain, row.programme_id) == (
        "patient",
        3,
        2,
        phone.link.document.programme_id,
    )


def words_of(html: str) -> str:
    """The text of a page or a part of it, spaces evened; the number of a step is not its text."""
    text = re.sub(r"<b>\d</b>", "", html)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text)).strip()


def test_every_picture_has_its_words_and_the_page_its_language(
    app: Flask, session: Session, programme: Programme, bob: User
) -> None:
    phone = given(app, session, programme, bob, language="es")
    assert '<html lang="en" dir="ltr">' in phone.get().text
    phone.language = "es"
    assert "¿En qué año nació usted?" in phone.get().text
    phone.type(BORN)
    page = phone.get().text
    assert '<html lang="es" dir="ltr">' in page
    assert "Sus ejercicios de cadera" in page
    pictures = re.findall("<img[^>]+>", page)
    assert len(pictures) >= 2
    assert all(re.search('alt="[^"]{10,}"', picture) for picture in pictures)
    assert phone.client.get(f"/s/tlh/{phone.token}").text.count('lang="es"') == 0


REFUSALS: dict[str, Callable[..., Any]] = {
    "wrong_year": lambda phone, _session, _bob: phone.type("1970"),
    "revoked": lambda phone, session, bob: (revoke_link(session, phone.link, bob), session.commit()),
    "switched_off": lambda _phone, session, bob: switch(session, bob, on=False),
    "too_many_tries": lambda phone, _session, _bob: [phone.type("1970") for _ in range(5)],
    "unknown": lambda phone, _session, _bob: setattr(phone, "token", new_token()),
}


def refusal(phone: Phone, session: Session, bob: User, why: str) -> TestResponse:
    """What this reason answers; a link that ends by itself is given as one that has ended."""
    did = REFUSALS[why](phone, session, bob)
    return did if why == "wrong_year" else phone.type(BORN)


def told(answer: TestResponse, phone: Phone) -> tuple[int, str, list[tuple[str, str]]]:
    headers = [
        (name, value) for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length")
    ]
    return answer.status_code, answer.text.replace(phone.token, ""), headers


@pytest.fixture
def wrong(phone: Phone) -> tuple[int, str, list[tuple[str, str]]]:
    """What a wrong year is told."""
    return told(phone.type("1970"), phone)


@pytest.mark.parametrize("why", ["revoked", "switched_off", "too_many_tries", "unknown"])
def test_whatever_the_reason_the_page_is_the_same_and_the_log_has_the_reason(
    phone: Phone, wrong: Any, session: Session, bob: User, why: str
) -> None:
    assert told(refusal(phone, session, bob, why), phone) == wrong
    assert whys(session)[-1] == why
    assert wrong[0] == 404
    assert "This page did not open" in wrong[1]
    assert people.CLINIC["phone"] in wrong[1]
    assert "Marisol" not in wrong[1]


def test_a_link_that_has_ended_is_told_the_same(
    app: Flask, session: Session, programme: Programme, bob: User, wrong: Any
) -> None:
    ended = given(app, session, programme, bob, days=0)
    assert told(ended.type(BORN), ended) == wrong
    assert whys(session) == ["wrong_year", "expired"]


def test_what_opened_one_link_opens_no_other_persons(
    app: Flask, session: Session, phone: Phone, wrong: Any, programme: Programme
) -> None:
    phone.type(BORN)
    cookie = phone.client.get_cookie("shared", path=phone.url)
    other = given(app, session, programme, session.get_one(User, phone.link.made_by_id))
    assert phone.client.get(other.url).text.count("What year were you born?") == 1
    other.client.set_cookie("shared", cookie.value, path=other.url)
    assert told(other.get("/handout.pdf"), other)[:2] == wrong[:2]
    assert whys(session)[-1] == "other_link"
    other.client.set_cookie("shared", cookie.value[:-2] + "xx", path=other.url)
    assert other.get("/handout.pdf").status_code == 303


def test_a_page_that_is_open_closes_with_its_link(phone: Phone, session: Session, bob: User) -> None:
    phone.type(BORN)
    assert phone.get().status_code == 200
    revoke_link(session, phone.link, bob)
    session.commit()
    for rest in ("", "/handout.pdf"):
        assert phone.get(rest).status_code == 404
    assert whys(session) == ["revoked", "revoked"]


def test_a_programme_that_became_unsafe_is_not_shown_any_more(phone: Phone, session: Session) -> None:
    phone.type(BORN)
    session.add(PatientPrecaution(patient_id=phone.link.document.patient_id, precaution="pc_fall_risk"))
    session.commit()
    assert phone.get().status_code == 404
    assert whys(session) == ["unsafe"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is a new sheet for you"), ("es", "Hay una hoja nueva para usted")]
)
def test_a_link_closes_with_a_newer_programme_and_asks_the_patient_to_use_the_new_sheet(
    phone: Phone, session: Session, programme: Programme, language: str, said: str
) -> None:
    phone.language = language
    phone.type(BORN)
    assert phone.get().status_code == 200
    screened.approved_anew(session, programme)
    session.commit()
    for rest in ("", "/handout.pdf", "/log"):
        closed = phone.get(rest)
        assert closed.status_code == 410
        assert said in closed.text
        assert people.CLINIC["phone"] in closed.text
        assert "Marisol" not in closed.text
    assert whys(session) == ["superseded"] * 3


def test_the_link_of_the_newer_programme_opens(
    app: Flask, session: Session, programme: Programme, bob: User
) -> None:
    current = given(app, session, screened.approved_anew(session, programme), bob)
    current.type(BORN)
    assert current.get().status_code == 200


def test_that_there_is_a_newer_programme_is_told_to_nobody_who_did_not_type_the_year(
    phone: Phone, wrong: Any, session: Session, programme: Programme
) -> None:
    screened.approved_anew(session, programme)
    session.commit()
    assert "What year were you born?" in phone.get().text
    assert told(phone.type("1970"), phone) == wrong
    assert phone.get("/handout.pdf").status_code == 303


def test_an_older_programme_that_became_unsafe_never_names_the_newer_one(
    phone: Phone, session: Session, programme: Programme
) -> None:
    """Nobody knows whether the newer one is safe now: the patient is asked to call."""
    phone.type(BORN)
    screened.approved_anew(session, programme)
    session.add(PatientPrecaution(patient_id=programme.patient_id, precaution="pc_fall_risk"))
    session.commit()
    assert "This page did not open" in phone.get().text
    assert whys(session) == ["unsafe"]


def test_a_draft_of_a_newer_programme_closes_no_link(
    phone: Phone, session: Session, programme: Programme, bob: User
) -> None:
    phone.type(BORN)
    draft_programme(session, programme.screening, bob.id)
    session.commit()
    assert phone.get().status_code == 200


def test_what_is_no_year_is_asked_again_and_not_counted(phone: Phone, session: Session) -> None:
    for typed in ("", "69", "196x", "19690"):
        answer = phone.type(typed)
        assert answer.status_code == 422
        assert "Type the year as four numbers, like 1960" in answer.text
        assert f'value="{typed}"' in answer.text
    assert whys(session) == []


def test_a_question_that_was_open_too_long_is_asked_again(phone: Phone) -> None:
    answer = phone.client.post(phone.url, data={"year": BORN})
    assert answer.status_code == 400
    assert "What year were you born?" in answer.text
    assert phone.type(BORN).status_code == 303


def test_over_https_the_bare_name_of_the_server_is_referrer_enough(phone: Phone) -> None:
    def sent(referrer: str) -> int:
        asked = phone.client.get(phone.url, base_url="https://localhost")
        token = re.search('name="csrf_token" value="([^"]+)"', asked.text)
        assert token
        data = {"year": BORN, "csrf_token": token[1]}
        told = {"Referer": referrer} if referrer else {}
        return phone.client.post(phone.url, base_url="https://localhost", data=data, headers=told).status_code

    assert sent("") == 400
    assert sent("https://localhost/") == 303


def test_somebody_who_tries_address_after_address_is_not_even_looked_at(
    phone: Phone, session: Session
) -> None:
    for _ in range(ADDRESS.free):
        assert Phone(phone.client, phone.link, new_token()).type("1970").status_code == 404
    before = len(whys(session))
    assert phone.type(BORN).status_code == 404
    assert len(whys(session)) == before


def test_the_phone_is_remembered_for_this_link_only_and_for_a_while(phone: Phone) -> None:
    [cookie] = [one for one in phone.type(BORN).headers.getlist("Set-Cookie") if one.startswith("shared=")]
    for part in ("HttpOnly", "SameSite=Lax", f"Path={phone.url}", "Max-Age=1800"):
        assert part in cookie
    assert phone.client.get("/today").status_code == 303


@pytest.mark.parametrize("rest", ["", "/handout.pdf"])
def test_nothing_of_it_is_kept_found_or_passed_on(phone: Phone, rest: str) -> None:
    phone.type(BORN)
    for answer in (phone.get(rest), Phone(phone.client, phone.link, new_token()).get(rest)):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Content-Security-Policy" in answer.headers


def test_no_log_tells_an_address_that_opens(
    app: Flask, phone: Phone, session: Session, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    phone.type(BORN)

    def fail(*_: object) -> None:
        raise RuntimeError(f"no page at {phone.url}/handout.pdf")

    monkeypatch.setattr("clinic_app.web.share.opening.load_screening", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.DEBUG):
        assert phone.get().status_code == 404
        logging.getLogger("gunicorn.error").error("Error handling request %s", phone.url)
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert "/s/en/…" in caplog.text
    assert "RuntimeError" in caplog.text
    assert phone.token not in caplog.text
    assert phone.token not in str(session.execute(text("SELECT * FROM audit_event")).all())
    assert hidden(f'"GET {phone.url}/handout.pdf HTTP/1.1"') == '"GET /s/en/…/handout.pdf HTTP/1.1"'


def test_the_page_asks_the_database_the_same_few_things(app: Flask, phone: Phone) -> None:
    phone.type(BORN)
    phone.get()
    assert len(queries_of(app, phone.get)) <= 10


# The therapist's side


def make(client: FlaskClient, programme: Programme) -> TestResponse:
    return client.post_form(f"/programmes/{programme.id}/link")


def test_the_handout_carries_its_link_as_a_code_and_in_letters_and_the_link_opens_it(
    app: Flask, as_bob: FlaskClient, programme: Programme, session: Session
) -> None:
    made = make(as_bob, programme)
    address = re.search(rf"{ADDRESS_OF_CLINIC}(/s/en/[a-z0-9-]+)", made.text)
    assert address
    session.rollback()
    link = session.scalars(select(ShareLink)).one()
    content = session.get_one(Document, link.document_id).content
    paper = papers.text(content)
    assert "Read this on your phone" in paper
    assert "The year you were born opens it. It works until " in paper
    assert address[0].replace("-", "") in re.sub("[ -]", "", paper)
    checked = page_validation.validate_pdf_bytes(content, profile="ua1")
    assert checked.is_compliant, [(f.rule_id, f.message) for f in checked.failures]
    phone = Phone(app.test_client(), link, address[1].rpartition("/")[2].upper())
    phone.type(BORN)
    assert phone.get("/handout.pdf").data == content
    assert (link.made_by, link.document.programme_id) == (reports.SIGNATURE, programme.id)


def test_without_links_the_handout_and_the_page_say_nothing_of_them(
    as_bob: FlaskClient, programme: Programme, session: Session, bob: User
) -> None:
    switch(session, bob, on=False)
    assert "Share links" not in as_bob.get(f"/programmes/{programme.id}").text
    assert make(as_bob, programme).status_code == 404


def test_an_unsafe_programme_gets_no_link(
    as_bob: FlaskClient, programme: Programme, session: Session
) -> None:
    session.add(PatientPrecaution(patient_id=programme.patient_id, precaution="pc_fall_risk"))
    session.commit()
    answer = make(as_bob, programme)
    assert answer.status_code == 409
    assert "Not printed" in answer.text
    assert session.scalars(select(ShareLink)).all() == []


def shows_the_way_to(newer: Programme, *pages: str) -> None:
    for page in pages:
        assert "The patient has a newer programme, approved on " in page
        assert f'href="/programmes/{newer.id}#links"' in page


def test_an_older_programme_gets_no_link_and_the_page_shows_the_way_to_the_newer_one(
    as_bob: FlaskClient, phone: Phone, programme: Programme, session: Session
) -> None:
    page = as_bob.get(f"/programmes/{programme.id}").text
    assert "Handout with a link" in page
    newer = screened.approved_anew(session, programme)
    session.commit()
    older = as_bob.get(f"/programmes/{programme.id}").text
    refused = make(as_bob, programme)
    assert refused.status_code == 409
    shows_the_way_to(newer, older, refused.text)
    assert "Handout with a link" not in older
    assert "Closed: a newer programme was approved" in older
    assert f"/links/{phone.link.id}/revoke" not in older
    assert "Handout with a link" in as_bob.get(f"/programmes/{newer.id}").text
    session.rollback()
    assert session.scalars(select(ShareLink)).all() == [phone.link]


def test_the_list_tells_what_became_of_each_link_and_revokes_it(
    as_bob: FlaskClient, phone: Phone, programme: Programme, bob: User
) -> None:
    phone.type("1970")
    phone.type(BORN)
    page = as_bob.get(f"/programmes/{programme.id}").text
    assert f"by {bob.signature}" in page
    assert "opened 1 time" in page
    assert "1 wrong year" in page
    assert phone.token not in page
    answer = as_bob.post_form(f"/links/{phone.link.id}/revoke")
    assert answer.location == f"/programmes/{programme.id}#links"
    assert "Revoked" in as_bob.get(f"/programmes/{programme.id}").text
    assert phone.get().status_code == 404
    assert as_bob.post_form("/links/999/revoke").status_code == 404


def test_switched_off_the_links_that_were_made_are_still_listed(
    as_bob: FlaskClient, phone: Phone, programme: Programme, session: Session, bob: User
) -> None:
    switch(session, bob, on=False)
    page = as_bob.get(f"/programmes/{programme.id}").text
    assert "Share links are switched off" in page
    assert "Handout with a link" not in page
    assert phone.type(BORN).status_code == 404


def test_the_list_asks_the_database_the_same_however_long_it_is(
    app: Flask, as_bob: FlaskClient, programme: Programme, session: Session, bob: User
) -> None:
    def sent() -> int:
        return len(queries_of(app, lambda: as_bob.get(f"/programmes/{programme.id}")))

    given(app, session, programme, bob)
    sent()
    one = sent()
    given(app, session, programme, bob)
    assert sent() == one
