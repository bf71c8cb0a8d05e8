"""A template of the clinic has a name of its own, and everything that is done to it is noted."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.programme_template import NewTemplate, keep_template, remove_template, templates
from clinic_app.records.refusal import NameTaken
from clinic_app.records.user import User

LINES = [{"prescription": {"exercise": "clam"}}]


def test_templates_are_listed_by_name(session: Session, bob: User) -> None:
    for name in ("Runner", "After hip replacement"):
        keep_template(session, NewTemplate(name, LINES), bob)
    session.commit()
    assert [one.name for one in templates(session)] == ["After hip replacement", "Runner"]
    assert templates(session)[0].made_by == bob.signature


def test_two_templates_never_have_one_name(session: Session, bob: User) -> None:
    keep_template(session, NewTemplate("Runner", LINES), bob)
    with pytest.raises(NameTaken):
        keep_template(session, NewTemplate("Runner", []), bob)
    session.commit()
    assert [one.lines for one in templates(session)] == [LINES]


def test_keeping_and_removing_are_noted(session: Session, bob: User) -> None:
    kept = keep_template(session, NewTemplate("Runner", LINES), bob)
    remove_template(session, kept, bob.id)
    session.commit()
    assert templates(session) == []
    events = session.scalars(select(AuditEvent).filter_by(noun="programme_template").order_by(AuditEvent.id))
    assert [event.action for event in events] == ["keep", "remove"]
