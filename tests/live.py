"""A clinic that really runs: `clinic run` in a process group of its own, and a small browserless visitor."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

SETUP = re.compile(r"/setup/(\S+)")
FORM_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class LiveClinic:
    """The server of one clinic folder; `printed` is what it said when it started."""

    folder: Path
    workers: int = 1
    port: int = field(default_factory=free_port)
    host: str = "http://127.0.0.1"
    printed: str = ""
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"{self.host}:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        own = {"CLINIC_FOLDER": str(self.folder), "CLINIC_WORKERS": str(self.workers), "PORT": str(self.port)}
        environment = {**os.environ, **own}
        command = [str(Path(sys.executable).parent / "clinic"), "run"]
        is_first = not (self.folder / "clinic.sqlite").exists()
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self.process.stdout
        self.printed = ""
        while "is at http" not in self.printed:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"clinic run stopped: {self.printed}")
            self.printed += line
        # On the first start the set-up link follows on the next line.
        if is_first:
            self.printed += self.process.stdout.readline()

    @property
    def setup_token(self) -> str:
        """The token of the set-up link that it printed."""
        found = SETUP.search(self.printed)
        assert found, self.printed
        return found[1]

    def end(self, with_signal: signal.Signals) -> int:
        """Send the signal to the server and all its workers, and wait; returns the exit status."""
        assert self.process
        os.killpg(self.process.pid, with_signal)
        status = self.process.wait(timeout=30)
        if self.process.stdout:
            self.process.stdout.close()
        return status


class Caller:
    """Speaks HTTP on one kept connection, with its cookies; a dropped connection raises `OSError`."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, {}, ""
        self.connection = self._open()

    def _open(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def again(self) -> None:
        """Open the connection anew, with the cookies of before."""
        self.connection.close()
        self.connection = self._open()

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send one request; returns the status and the body."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": cookie, **(headers or {})})
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, content

    def page(self, path: str) -> str:
        """A page; its token is kept for the next change."""
        _status, content = self.ask("GET", path)
        text = content.decode()
        if found := FORM_TOKEN.search(text):
            self.token = found[1]
        return text

    def send(self, path: str, fields: dict[str, str]) -> int:
        """Send a form; returns the status."""
        body = urllib.parse.urlencode({**fields, "csrf_token": self.token}).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})[0]

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the form."""
        self.page("/sign-in")
        status = self.send("/sign-in", {"username": username, "password": password})
        assert status == 303, status
        self.page("/account")
