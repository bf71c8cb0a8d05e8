"""The port without encryption: it answers with the explanation and the public certificate, no more."""

import logging
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from werkzeug.serving import make_server

# In the environment of each request here: neither a `Host: localhost` nor a proxy's word can undo it.
PLAIN = "clinic.unencrypted"


def serve(app: Flask, host: str, port: int) -> None:
    """Serve in the background until the process ends; raises `SystemExit` if the port is taken."""

    def marked(environ: WSGIEnvironment, start: StartResponse) -> object:
        return app.wsgi_app({**environ, PLAIN: True}, start)

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(host, port, marked, threaded=True)  # type: ignore[arg-type]
    Thread(target=server.serve_forever, daemon=True).start()
