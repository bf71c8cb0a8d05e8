"""A share link opens one handout to the birth year, is counted, closes, and opens nothing else."""

import threading
from datetime import timedelta
from math import log2

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Document, Edition, Printed, store_document
from clinic_app.records.screening import Screening
from clinic_app.records.setting import SHARE, Change, change_setting
from clinic_app.records.share_link import (
    BLOCK,
    BLOCKS,
    LETTERS,
    LinkRefused,
    ShareLink,
    Why,
    hash_of,
    link_in_use,
    links_of,
    make_link,
    new_token,
    note_refusal,
    open_with_year,
    revoke_link,
)
from clinic_app.records.table import now
from clinic_app.records.user import User
from tests import people

TOKEN = new_token()
BORN = people.MARISOL["born_on"].year
MOST = 3


def handout(session: Session, draft: Screening, bob: User, kind: str = "handout") -> Document:
    edition = Edition(draft.id, kind, "A4", "en", "normal", "a" * 64)
    return store_document(session, edition, Printed(b"%PDF-1.7", 2), bob.id)


def switch(session: Session, bob: User, *, on: bool = True) -> None:
    value = {"address": "https://clinic.example.org", "days": 14} if on else None
    change_setting(session, Change(SHARE, value, "patients asked"), bob)


@pytest.fixture
def link(session: Session, draft: Screening, bob: User) -> ShareLink:
    """A link to Marisol's handout, for two weeks, where links are switched on."""
    switch(session, bob)
    made = make_link(session, handout(session, draft, bob), hash_of(TOKEN), now() + timedelta(days=14), bob)
    session.commit()
    return made


def refused(session: Session, token: str = TOKEN, year: int = BORN) -> Why:
    with pytest.raises(LinkRefused) as refusal:
        open_with_year(session, token, year, MOST)
    note_refusal(session, refusal.value)
    session.commit()
    session.expire_all()
    return refusal.value.why


def test_a_token_is_hard_to_guess_and_is_not_kept(session: Session, link: ShareLink) -> None:
    assert BLOCKS * BLOCK * log2(len(set(LETTERS))) >= 128
    assert len({new_token() for _ in range(50)}) == 50
    assert TOKEN.replace("-", "") not in str(session.execute(text("SELECT * FROM share_link")).all())
    assert link.token_hash == hash_of(TOKEN.upper().replace("-", ""))


def test_the_birth_year_opens_it_and_each_opening_is_counted(session: Session, link: ShareLink) -> None:
    for _ in range(2):
        assert open_with_year(session, TOKEN, BORN, MOST).id == link.id
        session.commit()
    assert link.opened == 2
    assert link.opened_at is not None
    assert link_in_use(session, TOKEN, link.id, MOST).document_id == link.document_id


def test_wrong_years_close_it_for_the_right_one_too(session: Session, link: ShareLink) -> None:
    for _ in range(MOST):
        assert refused(session, year=1970) is Why.WRONG_YEAR
    assert refused(session) is Why.TOO_MANY_TRIES
    assert link.wrong_years == MOST


def test_guesses_sent_at_once_are_all_counted(
    write: sessionmaker[Session], session: Session, link: ShareLink
) -> None:
    whys: list[Why] = []
    link_id = link.id
    session.close()

    def guess(year: int) -> None:
        with write() as own:
            try:
                open_with_year(own, TOKEN, year, MOST)
            except LinkRefused as refusal:
                note_refusal(own, refusal)
                whys.append(refusal.why)
            own.commit()

    threads = [threading.Thread(target=guess, args=(1970 + n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(whys) == [*[Why.TOO_MANY_TRIES] * (8 - MOST), *[Why.WRONG_YEAR] * MOST]
    assert session.get_one(ShareLink, link_id).wrong_years == MOST


def test_what_was_revoked_switched_off_or_never_made_does_not_open(
    session: Session, link: ShareLink, bob: User
) -> None:
    assert refused(session, new_token()) is Why.UNKNOWN
    switch(session, bob, on=False)
    assert refused(session) is Why.SWITCHED_OFF
    switch(session, bob)
    revoke_link(session, link, bob)
    assert refused(session) is Why.REVOKED
    revoked_at = link.revoked_at
    revoke_link(session, link, bob)
    assert link.revoked_at == revoked_at
    assert link.revoked_by == bob.signature


def test_it_ends_by_itself(session: Session, draft: Screening, bob: User) -> None:
    switch(session, bob)
    make_link(session, handout(session, draft, bob), hash_of(TOKEN), now(), bob)
    assert refused(session) is Why.EXPIRED


def test_what_another_link_opened_does_not_open_this_one(session: Session, link: ShareLink) -> None:
    with pytest.raises(LinkRefused) as refusal:
        link_in_use(session, TOKEN, link.id + 1, MOST)
    assert refusal.value.why is Why.OTHER_LINK


def test_only_a_handout_is_shared(session: Session, draft: Screening, bob: User) -> None:
    summary = handout(session, draft, bob, "summary")
    with pytest.raises(ValueError, match="a summary is not shared"):
        make_link(session, summary, hash_of(TOKEN), now(), bob)


def test_making_opening_refusing_and_revoking_are_in_the_audit_with_the_reason_and_no_token(
    session: Session, link: ShareLink, bob: User, draft: Screening
) -> None:
    open_with_year(session, TOKEN, BORN, MOST)
    refused(session, year=1970)
    refused(session, new_token())
    revoke_link(session, link, bob)
    session.commit()
    rows = session.scalars(select(AuditEvent).filter_by(noun="share_link").order_by(AuditEvent.id)).all()
    assert [(row.action, row.user_id, row.noun_id, row.patient_id, row.detail) for row in rows] == [
        ("make", bob.id, link.id, draft.patient_id, {}),
        ("open", None, link.id, draft.patient_id, {}),
        ("refuse", None, link.id, draft.patient_id, {"why": "wrong_year"}),
        ("refuse", None, None, None, {"why": "unknown"}),
        ("revoke", bob.id, link.id, draft.patient_id, {}),
    ]


def test_every_refusal_asks_the_database_the_same(
    session: Session, link: ShareLink, bob: User, queries: list[str]
) -> None:
    def asked(token: str = TOKEN, year: int = BORN) -> int:
        session.expunge_all()
        queries.clear()
        refused(session, token, year)
        return len(queries)

    counts = {asked(year=1970), asked(new_token())}
    switch(session, bob, on=False)
    session.commit()
    counts.add(asked())
    switch(session, bob)
    revoke_link(session, session.get_one(ShareLink, link.id), session.get_one(User, bob.id))
    session.commit()
    counts.add(asked())
    assert len(counts) == 1


def test_a_patients_links_are_read_with_their_handouts_at_once(
    session: Session, link: ShareLink, draft: Screening, queries: list[str]
) -> None:
    patient_id = draft.patient_id
    session.expunge_all()
    queries.clear()
    [found] = links_of(session, patient_id)
    assert (found.id, found.document.kind) == (link.id, "handout")
    assert len([sent for sent in queries if sent.startswith("SELECT")]) == 1
    assert links_of(session, patient_id + 1) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE share_link SET expires_at = '2030-01-01'",
        "UPDATE share_link SET token_hash = 'another'",
        "UPDATE share_link SET wrong_years = 0",
        "UPDATE share_link SET revoked_at = NULL",
        "DELETE FROM share_link",
    ],
)
def test_what_a_link_is_and_was_stays(
    write: sessionmaker[Session], session: Session, link: ShareLink, bob: User, statement: str
) -> None:
    refused(session, year=1970)
    revoke_link(session, link, bob)
    session.commit()
    with write() as other, pytest.raises(DBAPIError, match="share_link is frozen"):
        other.execute(text(statement))
