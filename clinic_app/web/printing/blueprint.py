"""The blueprint of the panel that prints."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("printing", __name__)

Answer = str | Response | tuple[str, int]
