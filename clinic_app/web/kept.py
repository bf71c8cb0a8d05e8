"""What was typed into a form that could not be taken because the sign-in had ended: nothing of it is lost."""

import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import request

NEVER_KEPT = ("password", "csrf_token", "kept")


@dataclass(frozen=True)
class Kept:
    """A form that waits to be sent again: where to, and every field in its order."""

    action: str
    fields: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """For a hidden field of the sign-in form."""
        return json.dumps(asdict(self))


def typed_now() -> Kept | None:
    """The form that was just sent; None when it came from another site, whose forms are never sent again."""
    if request.method != "POST" or not _from_here():
        return None
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in NEVER_KEPT)
    )
    return Kept(request.full_path.rstrip("?"), fields) if fields else None


def carried(text: str) -> Kept | None:
    """The form that the sign-in form carried along."""
    try:
        table = json.loads(text)
        kept = Kept(str(table["action"]), tuple((str(name), str(value)) for name, value in table["fields"]))
    except (ValueError, KeyError, TypeError):
        return None
    return kept if local_path(kept.action) else None


def local_path(target: str | None) -> str | None:
    """The target if it is a path on this server, else None."""
    if not target or not target.startswith("/") or not target.isprintable():
        return None
    return None if target.startswith("//") or "\\" in target else target


def _from_here() -> bool:
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.host
