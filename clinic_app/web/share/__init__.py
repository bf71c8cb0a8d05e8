"""The handout on the patient's phone: the link that a therapist makes, and the pages that it opens."""

from flask import Flask

from clinic_app.web.share import making, reading
from clinic_app.web.share.blueprint import links, shared
from clinic_app.web.share.unlogged import keep_tokens_out

__all__ = ["init_app", "making", "reading"]


def init_app(app: Flask) -> None:
    """Add the pages; no log of this process tells an address that opens one."""
    keep_tokens_out(app)
    app.register_blueprint(links)
    app.register_blueprint(shared)
