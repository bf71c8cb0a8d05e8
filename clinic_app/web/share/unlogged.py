"""Keeps the tokens of share links out of every log that this process writes."""

import logging
import re

from flask import Flask

# The server's own loggers name the path of a request that failed.
LOGGERS = ("gunicorn.error", "gunicorn.access", "werkzeug")
_TOKEN = re.compile(r"(/s/[^/\s]+/)[^/\s?\"']+")
_formatter = logging.Formatter()


def keep_tokens_out(app: Flask) -> None:
    """Let the app and its server log a share link only as `/s/en/…`."""
    for logger in (app.logger, *map(logging.getLogger, LOGGERS)):
        logger.addFilter(without_tokens)


def without_tokens(record: logging.LogRecord) -> bool:
    """Rewrite the record; it is always kept."""
    record.msg, record.args = hidden(record.getMessage()), None
    if record.exc_info:
        record.exc_text = hidden(_formatter.formatException(record.exc_info))
    return True


def hidden(text: str) -> str:
    """The text without the tokens in its addresses."""
    return _TOKEN.sub(r"\1…", text)
