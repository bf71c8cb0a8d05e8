"""The blueprint of the returned logs."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("logs", __name__)

Answer = str | Response | tuple[str, int]
