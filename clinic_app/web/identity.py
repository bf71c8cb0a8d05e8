"""How somebody proves who they are: name and password, slowed when wrong, and a sign-in that can end."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app, g, request, session
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.wrappers import Response

from clinic_app.records import audit
from clinic_app.records.attempt import Origin, clear_failures, count_failure, wait_for
from clinic_app.records.login import Holder, current_login, start_login
from clinic_app.records.table import now
from clinic_app.records.user import User, authenticate, renew_hash, signature_of
from clinic_app.web import current, device

DEVICE = "clinic_device"


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """Who is signed in on this device; the cookie holds the token of the sign-in, which can be ended."""

    id: int
    login_id: int
    token: str
    username: str
    name: str
    role: str
    signature: str
    must_change_password: bool

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token


def init_app(app: Flask) -> None:
    """Let each request know who is signed in."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)


def sign_in(username: str, password: str) -> str | None:
    """Sign in on this device; None when it went well, else the sentence that says why it did not."""
    origin = _origin(username)
    # Checked before the writing session opens: hashing takes long, and others may want to save meanwhile.
    with current.new_session("read") as reading:
        wait = wait_for(reading, origin, now())
        user = None if wait else authenticate(reading, username, password)
    if wait:
        return _wait_words(wait)
    if user is None:
        _count(origin, None)
        return str(_("No account has this user name and password"))
    writing = current.session()
    clear_failures(writing, origin)
    renew_hash(writing, user, password)
    start(user)
    writing.commit()
    return None


def start(user: User) -> None:
    """Begin a sign-in of this user on this device; the caller commits."""
    token = start_login(current.session(), user, request.user_agent.string, device.name_here())
    session.clear()
    # The token that this answer may carry must be of the new session, not of the one that ended here.
    g.pop("csrf_token", None)
    session.permanent = True
    login_user(_load(token))


def remember_device(response: Response) -> Response:
    """Let this device be known by its sign-in, so that a stranger's wrong guesses do not slow it."""
    return device.keep(response, DEVICE, current_user.token)


def password_refused(typed: str) -> str | None:
    """Ask the signed-in person for the password again: None when it is right, else why it is not.

    Call it before anything is changed: a wrong one is counted and committed.
    """
    origin = _origin(current_user.username)
    if wait := wait_for(current.session(), origin, now()):
        return _wait_words(wait)
    if authenticate(current.session(), current_user.username, typed) is None:
        _count(origin, current_user.id)
        return str(_("This is not your password"))
    clear_failures(current.session(), origin)
    return None


def idle_limit() -> timedelta:
    """How long a sign-in lasts that nobody uses."""
    return timedelta(minutes=current_app.config["SETTINGS"].idle_minutes)


def is_background() -> bool:
    """The page asks this by itself, so it is no sign that anybody is there."""
    return request.headers.get("X-Background") == "1"


def _load(token: str) -> SignedIn | None:
    holder = current_login(current.session(), token, idle_limit(), used=not is_background())
    return _signed_in(holder, token) if holder else None


def _signed_in(holder: Holder, token: str) -> SignedIn:
    return SignedIn(
        holder.user_id,
        holder.login_id,
        token,
        holder.username,
        holder.name,
        holder.role,
        signature_of(holder.name, holder.title, holder.licence),
        holder.must_change_password,
    )


def _origin(username: str) -> Origin:
    return Origin(username, request.remote_addr or "", request.cookies.get(DEVICE, ""))


def _count(origin: Origin, user_id: int | None) -> None:
    writing = current.session()
    count_failure(writing, origin, now())
    audit.record(writing, user_id=user_id, action="password_refused", noun="login")
    writing.commit()


def _wait_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    told = ngettext(
        "Too many wrong passwords. Try again in %(num)d second",
        "Too many wrong passwords. Try again in %(num)d seconds",
        seconds,
    )
    return str(told)
