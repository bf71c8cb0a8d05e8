"""Style sheets and scripts as they are sent: one sheet for a page, our comments left out, packed at start."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import minify
from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

# In the order in which they are read.
SHEETS = (
    *("tokens", "reset", "base", "layout", "components", "dialogs", "cover", "fields", "entry", "body-map"),
    *("rail", "guidance", "screens", "steps", "timers", "sides", "one-screen", "number-pad"),
    *(
        "patient",
        "programme",
        "printing",
        "reference",
        "returned-log",
        "share",
        "utilities",
        "large-text",
        "print-screen",
    ),
)
NOT_OF_A_STEP = frozenset({"patient", "programme", "printing", "reference", "returned-log", "share"})
PAGE = "css/page.css"
STEP = "css/step.css"


@dataclass(frozen=True)
class Small:
    """One file to send, plain and packed, and the hash of its bytes."""

    kind: str
    plain: bytes
    packed: bytes
    version: str


def init_app(app: Flask) -> None:
    """Make the files, and send them where the files that they come from would be sent."""
    folder = Path(str(app.static_folder))
    app.extensions["small_files"] = {
        PAGE: _sheet(folder, SHEETS),
        STEP: _sheet(folder, [name for name in SHEETS if name not in NOT_OF_A_STEP]),
        **{f"js/{file.name}": _script(file) for file in folder.glob("js/*.js")},
    }
    app.view_functions["static"] = _send


def small(name: str) -> Small | None:
    """The file of this name below the static folder, None when it is sent as it lies there."""
    found: dict[str, Small] = current_app.extensions["small_files"]
    return found.get(name)


def _sheet(folder: Path, names: tuple[str, ...] | list[str]) -> Small:
    whole = "".join((folder / "css" / f"{name}.css").read_text("utf-8") for name in names)
    return _packed("text/css", whole)


def _script(file: Path) -> Small:
    return _packed("text/javascript", file.read_text("utf-8"))


def made_small(kind: str, text: str) -> str:
    """The same without comments, spaces and the like; `kind` is its media type."""
    return str(minify.string(kind, text))


def _packed(kind: str, text: str) -> Small:
    plain = made_small(kind, text).encode()
    # Without its time, so that the same file is the same bytes after every start.
    return Small(kind, plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:12])


def _send(filename: str) -> AnyResponse:
    file = small(filename)
    if not file:
        return current_app.send_static_file(filename)
    is_packed = request.accept_encodings["gzip"] > 0
    response = Response(file.packed if is_packed else file.plain, mimetype=file.kind)
    if is_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{file.version}{'-packed' if is_packed else ''}")
    return response.make_conditional(request)
