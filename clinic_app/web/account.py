"""Setting the clinic up, signing in and out, and one's own account."""

from flask import Blueprint, Flask, abort, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from clinic_app.records import audit
from clinic_app.records.clinic import Clinic, set_up, setup_allowed
from clinic_app.records.login import Login, end_login, name_device, open_logins
from clinic_app.records.refusal import SetupRefused
from clinic_app.records.user import ADMINISTRATOR, Account, User, reset_password
from clinic_app.web import current, device, identity
from clinic_app.web.account_forms import (
    ChangePasswordForm,
    ClinicForm,
    DeviceForm,
    FirstAccountForm,
    OwnDetailsForm,
    SignInForm,
)
from clinic_app.web.fields import problems, typed
from clinic_app.web.kept import carried, local_path

blueprint = Blueprint("account", __name__)

Page = str | Response | tuple[str, int]
# What somebody may still do who was given a password by an administrator and has to choose their own.
BEFORE_OWN_PASSWORD = frozenset({"static", "account.own", "account.password", "account.sign_out"})


def init_app(app: Flask) -> None:
    """Let each request know who is signed in, and let nobody work on with a password that others know."""
    identity.init_app(app)
    app.before_request(_ask_for_own_password)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """Sign in, and go on where one was going."""
    form = SignInForm(next=local_path(request.args.get("next")) or "")
    waiting = carried(request.form.get("kept", ""))
    if not (form.validate_on_submit() and _signs_in(form)):
        page = render_template("account/sign_in.html", form=form, kept=waiting, errors=problems(form))
        return page, 422 if form.errors else 200
    if waiting:
        return identity.remember_device(make_response(render_template("again.html", kept=waiting)))
    return identity.remember_device(redirect(local_path(form.next.data) or url_for("today.today"), 303))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this sign-in, here and on the server."""
    session = current.session()
    end_login(session, session.get_one(Login, current_user.login_id))
    session.commit()
    logout_user()
    cookie.clear()
    return redirect(url_for("account.sign_in"), 303)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> Page:
    """The clinic and its first account; closed as soon as there is one."""
    if not setup_allowed(current.session(), token):
        abort(404)
    clinic_form, account_form = ClinicForm(prefix="clinic-"), FirstAccountForm(prefix="account-")
    # A list, so that both say what is wrong.
    if request.method == "POST" and all([clinic_form.validate(), account_form.validate_new()]):
        clinic = Clinic()
        clinic_form.populate_obj(clinic)
        try:
            user = set_up(current.session(), token, clinic, _first_account(account_form))
        except SetupRefused:
            abort(404)
        identity.start(user)
        current.session().commit()
        return identity.remember_device(redirect(url_for("today.today"), 303))
    errors = problems(clinic_form, account_form)
    page = render_template(
        "account/setup.html", clinic_form=clinic_form, account_form=account_form, errors=errors
    )
    return page, 422 if errors else 200


@blueprint.route("/account", methods=["GET", "POST"])
def own() -> Page:
    """One's own name and title as they are printed, the password, and the devices that are signed in."""
    session = current.session()
    user = session.get_one(User, current_user.id)
    form = OwnDetailsForm(obj=user)
    if form.validate_on_submit():
        form.populate_obj(user)
        audit.record(session, user_id=user.id, action="change", noun="user", noun_id=user.id)
        session.commit()
        flash(_("Your details are saved"))
        return redirect(url_for("account.own"), 303)
    return _own_page(form)


@blueprint.post("/account/password")
def password() -> Page:
    """Change one's own password; every other device is signed out."""
    session = current.session()
    user = session.get_one(User, current_user.id)
    form = ChangePasswordForm()
    if form.validate() and form.check_password([user.username, user.name]) and _is_own(form):
        reset_password(session, user, typed(form.new_password), by_id=user.id)
        identity.start(user)
        session.commit()
        flash(_("Your password is changed, and your other devices are signed out"))
        return identity.remember_device(redirect(url_for("account.own"), 303))
    return _own_page(password_form=form)


@blueprint.post("/account/device")
def name_this_device() -> Page:
    """Call this device something; the name stays on it, whoever signs in."""
    form = DeviceForm()
    if not form.validate():
        return _own_page(device_form=form)
    session = current.session()
    name_device(session, current_user.login_id, typed(form.device_name))
    session.commit()
    flash(_("This device has its name"))
    return device.keep(redirect(url_for("account.own"), 303), device.NAME, typed(form.device_name))


@blueprint.post("/account/look")
def look() -> Response:
    """How pages look on this device; a word that is no look follows the device."""
    chosen = request.form.get("look", "")
    back = local_path(request.form.get("next")) or url_for("account.own")
    return device.keep(redirect(back, 303), device.LOOK, chosen if chosen in device.LOOKS else "")


@blueprint.post("/account/sign-ins/<int:login_id>/end")
def end_one(login_id: int) -> Response:
    """Sign one of one's own devices out."""
    return _end([login for login in _own_logins() if login.id == login_id] or abort(404))


@blueprint.post("/account/sign-ins/end-others")
def end_others() -> Response:
    """Sign every other device of one's own out."""
    return _end([login for login in _own_logins() if login.id != current_user.login_id])


def _ask_for_own_password() -> Response | None:
    # The endpoint first: a static file is not worth a look at who asks for it.
    if request.endpoint in BEFORE_OWN_PASSWORD or not current_user.is_authenticated:
        return None
    return redirect(url_for("account.own"), 303) if current_user.must_change_password else None


def _first_account(form: FirstAccountForm) -> Account:
    return Account(
        username=typed(form.username),
        name=typed(form.name),
        password=typed(form.new_password),
        role=ADMINISTRATOR,
        title=typed(form.title),
        licence=typed(form.licence),
    )


def _signs_in(form: SignInForm) -> bool:
    if refused := identity.sign_in(typed(form.username), typed(form.password)):
        form.password.errors = [refused]
    return not refused


def _is_own(form: ChangePasswordForm) -> bool:
    if refused := identity.password_refused(typed(form.current_password)):
        form.current_password.errors = [refused]
    return not refused


def _own_logins() -> list[Login]:
    return open_logins(current.session(), current_user.id)


def _own_page(
    form: OwnDetailsForm | None = None,
    password_form: ChangePasswordForm | None = None,
    device_form: DeviceForm | None = None,
) -> Page:
    """The account page with the form that was sent, and the others as they are."""
    user = current.session().get_one(User, current_user.id)
    forms = {
        "form": form or OwnDetailsForm(formdata=None, obj=user),
        "password_form": password_form or ChangePasswordForm(formdata=None),
        "device_form": device_form or DeviceForm(formdata=None, data={"device_name": device.name_here()}),
    }
    errors = problems(*forms.values())
    page = render_template("account/account.html", **forms, logins=_own_logins(), errors=errors)
    return page, 422 if errors else 200


def _end(logins: list[Login]) -> Response:
    session = current.session()
    for login in logins:
        end_login(session, login)
    session.commit()
    return redirect(url_for("account.own"), 303)
