"""What lets a device go on without a network: the key of what it keeps, and the page that says so."""

import base64
import hashlib
import hmac

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask_login import current_user

blueprint = Blueprint("offline", __name__)


@blueprint.get("/device-key")
def key() -> Response:
    """Who is signed in, and their key as base64: 256 bits, the same at each sign-in."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    own = hmac.digest(secret, f"device key of user {current_user.id}".encode(), hashlib.sha256)
    return jsonify(user=str(current_user.id), key=base64.b64encode(own).decode())


@blueprint.get("/offline")
def page() -> str:
    """Kept by every device, and shown for pages that it does not keep: it holds nothing of anybody."""
    return render_template("offline.html")
