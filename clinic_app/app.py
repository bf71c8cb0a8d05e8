"""The app: settings, database, content, words, security, pages, in that order."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic_app.config import Settings
from clinic_app.domain.library import Library
from clinic_app.library import Opened, open_library
from clinic_app.pdf import Limits, Printer
from clinic_app.records.engine import make_engine
from clinic_app.web import (
    account,
    admin,
    current,
    documents,
    errors,
    language,
    letters,
    logs,
    norms,
    offline,
    pages,
    patients,
    printing,
    programmes,
    reference,
    screenings,
    security,
    session_clock,
    share,
    small_files,
    tablet,
    today,
)
from clinic_app.web import (
    settings as own_settings,
)

PACKAGE = Path(__file__).parent
# Beside the package in a checkout, inside it in a wheel.
FILES = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent

BLUEPRINTS = (
    *(account, admin, documents, letters, logs, norms, offline, own_settings, patients),
    *(printing, programmes, reference, screenings, session_clock, tablet, today),
)


def create_app(settings: Settings | None = None, library: Library | None = None) -> Flask:
    """Make the app of one clinic; a setting that is wrong stops it here, the clinic's own content does not.

    `library` is content that was read already, where several apps share it.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "clinic_app",
        template_folder=str(FILES / "templates"),
        static_folder=str(FILES / "static"),
        instance_path=str(settings.folder),
    )
    app.config.update(_flask_settings(settings))
    content = Opened(library) if library else open_library(settings.folder / "content")
    tablet.init_app(app)
    current.init_app(app, make_engine(settings.database_url), content, _printer(settings))
    language.init_app(app)
    account.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    small_files.init_app(app)
    pages.init_app(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    share.init_app(app)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 2)  # type: ignore[method-assign]
    return app


def _printer(settings: Settings) -> Printer:
    limits = Limits(settings.print_seconds, settings.print_memory_mb, settings.print_waiting)
    return Printer(FILES / "static", limits)


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_NAME": "clinic",
        # The cookie is sent when something in it changes, never only to last longer: an answer that crosses
        # with another would bring back what the other has changed. How long a sign-in lasts, its row says.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 1_000_000,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(PACKAGE / "translations"),
    }
