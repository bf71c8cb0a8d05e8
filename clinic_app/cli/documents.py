"""JSON documents in, JSON documents out: one, or a stream with one a line."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from clinic_app.cli.in_order import answers_in_order
from clinic_app.exchange.document import DocumentError, Problem

ALL_READ, SOME_REFUSED, NOTHING_READ = 0, 1, 2

_LONGEST_VALUE = 80

Answer = Callable[[object], Mapping[str, Any]]


def run_documents(source: BinaryIO, lines: bool, answer: Answer) -> int:
    """Answer the document in `source`, or with `lines` each line as it comes; the answers go to stdout.

    A document that is refused gets an error of its own. Returns the exit status: 0 all were read, 1 some
    refused, 2 nothing could be read.
    """
    read = refused = 0
    documents, told = _documents(source, lines), partial(_answered, answer=answer)
    # A pipe may wait for the answer to one line before it gives the next; a file is there as a whole.
    answers = answers_in_order(documents, told) if source.seekable() else map(told, documents)
    for was_read, line in answers:
        read += was_read
        refused += not was_read
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    if not read:
        return NOTHING_READ
    return SOME_REFUSED if refused else ALL_READ


def _answered(text: bytes, answer: Answer) -> tuple[bool, bytes]:
    """Whether the document was read, and the line that answers it."""
    try:
        return True, _line(answer(_parse(text)))
    except DocumentError as error:
        return False, _line({"error": [_told(problem) for problem in error.problems]})


def own_content() -> Path:
    """The folder of the clinic's own content files, which need not exist."""
    return Path(os.environ.get("CLINIC_FOLDER", "instance")) / "content"


def _documents(source: BinaryIO, lines: bool) -> Iterable[bytes]:
    if not lines:
        return (source.read(),)
    return (line for line in source if line.strip())


def _parse(text: bytes) -> object:
    try:
        return json.loads(
            text.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_without_repeats,
        )
    except RecursionError as error:
        raise DocumentError([Problem("", "", "nested too deeply")]) from error
    except UnicodeDecodeError as error:
        raise DocumentError([Problem("", "", "not UTF-8", f"byte {error.start}")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise DocumentError([Problem("", "", f"not JSON: {error.msg} at {where}")]) from error
    except ValueError as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError([Problem("", "", f"not JSON: {error}")]) from error


def _no_number(word: str) -> None:
    raise DocumentError([Problem("", word, "not a number")])


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DocumentError([Problem(twice, twice, "the same key twice")])
    return table


def _told(problem: Problem) -> dict[str, object]:
    told: dict[str, object] = {"at": problem.at, "value": _shown(problem.value), "problem": problem.problem}
    return {**told, "allowed": problem.allowed} if problem.allowed else told


def _shown(value: object) -> object:
    """A plain value as it is; anything long or nested cut short."""
    if value is None or isinstance(value, bool | int):
        return value
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


def _line(document: Mapping[str, Any]) -> bytes:
    """One line of JSON; half a surrogate pair leaves as the escape it came in as."""
    line = json.dumps(document, ensure_ascii=False, default=str)
    return line.encode("utf-8", "backslashreplace") + b"\n"
