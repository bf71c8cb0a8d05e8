"""One's own account: the password, and the devices that are signed in."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.login import Login
from clinic_app.records.user import User
from tests import people


def test_a_device_can_be_signed_out_from_another(app: Flask, as_bob: FlaskClient) -> None:
    tablet = app.test_client()
    tablet.sign_in(people.BOB)
    assert tablet.get("/today").status_code == 200

    as_bob.post_form("/account/sign-ins/end-others")

    assert tablet.get("/today").status_code == 303
    assert as_bob.get("/today").status_code == 200


def test_nobody_ends_the_sign_in_of_somebody_else(
    as_bob: FlaskClient, as_alice: FlaskClient, session: Session
) -> None:
    of_alice = session.scalars(select(Login).join(Login.user).filter_by(username="alice")).one()
    session.commit()

    answer = as_bob.post_form(f"/account/sign-ins/{of_alice.id}/end")

    assert answer.status_code == 404
    assert as_alice.get("/today").status_code == 200


def test_changing_the_password_asks_for_the_old_one_and_signs_other_devices_out(
    app: Flask, as_bob: FlaskClient
) -> None:
    tablet = app.test_client()
    tablet.sign_in(people.BOB)
    new = {"new_password": "violet tractor cinnamon 8", "again": "violet tractor cinnamon 8"}

    wrong = as_bob.post_form("/account/password", {**new, "current_password": "not this one"})
    right = as_bob.post_form("/account/password", {**new, "current_password": people.BOB.password})

    assert "This is not your password" in wrong.text
    assert right.status_code == 303
    assert tablet.get("/today").status_code == 303
    assert as_bob.get("/today").status_code == 200


def test_a_password_given_by_somebody_else_has_to_be_changed_first(
    session: Session, client: FlaskClient
) -> None:
    session.scalars(select(User).filter_by(username="bob")).one().must_change_password = True
    session.commit()
    client.sign_in(people.BOB)

    assert client.get("/patients").location == "/account"
    assert "Choose your own password" in client.get("/account").text
