"""Administration: the clinic's own details, and who may sign in."""

import secrets

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.records import audit
from clinic_app.records.clinic import THE_ID, Clinic
from clinic_app.records.refusal import LastAdministrator, UsernameTaken
from clinic_app.records.user import (
    ADMINISTRATOR,
    Account,
    User,
    add_user,
    all_users,
    disable_user,
    reset_password,
)
from clinic_app.web import current
from clinic_app.web.account_forms import ROLES, ClinicForm, NewUserForm
from clinic_app.web.fields import problems, typed

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

Page = str | Response | tuple[str, int]


@blueprint.before_request
def _administrators_only() -> None:
    if not current_user.is_authenticated or current_user.role != ADMINISTRATOR:
        abort(403)


@blueprint.get("")
def admin() -> Response:
    """The first page of the administration."""
    return redirect(url_for("admin.clinic"), 303)


@blueprint.route("/clinic", methods=["GET", "POST"])
def clinic() -> Page:
    """The clinic's details, its paper and its units."""
    session = current.session()
    row = session.get_one(Clinic, THE_ID)
    form = ClinicForm(obj=row)
    if form.validate_on_submit():
        form.populate_obj(row)
        audit.record(session, user_id=current_user.id, action="change", noun="clinic", noun_id=THE_ID)
        session.commit()
        flash(_("The clinic's details are saved"))
        return redirect(url_for("admin.clinic"), 303)
    errors = problems(form)
    return render_template("admin/clinic.html", form=form, errors=errors), 422 if errors else 200


@blueprint.get("/users")
def users() -> Page:
    """Everybody who has an account."""
    return _users_page(NewUserForm(formdata=None))


@blueprint.post("/users")
def add() -> Page:
    """Open an account with a first password that its owner has to change."""
    form, password = NewUserForm(), new_password()
    if not form.validate():
        return _users_page(form), 422
    try:
        user = add_user(current.session(), _account(form, password), by_id=current_user.id)
    except UsernameTaken:
        form.username.errors = [_("Another account has this user name")]
        return _users_page(form), 422
    return _told_once(user, password)


@blueprint.post("/users/<int:user_id>/reset")
def reset(user_id: int) -> Page:
    """Give an account a new first password, and sign its owner out everywhere."""
    user, password = _user(user_id), new_password()
    reset_password(current.session(), user, password, by_id=current_user.id)
    user.must_change_password = True
    return _told_once(user, password)


@blueprint.post("/users/<int:user_id>/disable")
def disable(user_id: int) -> Page:
    """Close an account; what it signed stays."""
    user = _user(user_id)
    try:
        disable_user(current.session(), user, by_id=current_user.id)
    except LastAdministrator:
        flash(_("%(name)s is the last administrator, and stays", name=user.name), "error")
    current.session().commit()
    return redirect(url_for("admin.users"), 303)


def new_password() -> str:
    """A password that nobody guesses and that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _letter in range(4)) for _block in range(4))


def _user(user_id: int) -> User:
    return current.session().get(User, user_id) or abort(404)


def _account(form: NewUserForm, password: str) -> Account:
    return Account(
        username=typed(form.username),
        name=typed(form.name),
        password=password,
        role=typed(form.role),
        title=typed(form.title),
        licence=typed(form.licence),
        must_change_password=True,
    )


def _told_once(user: User, password: str) -> str:
    """The page that shows the first password; it cannot be shown again."""
    current.session().commit()
    return render_template("admin/first_password.html", user=user, password=password)


def _users_page(form: NewUserForm) -> str:
    return render_template(
        "admin/users.html",
        users=all_users(current.session()),
        roles=ROLES,
        form=form,
        errors=problems(form),
    )
