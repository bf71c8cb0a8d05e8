"""A tablet in the room: what is made for it, what is refused, and what a stranger may read unencrypted."""

import os
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic_app.app import create_app
from clinic_app.config import SettingError, Settings
from clinic_app.lan import certificate
from clinic_app.lan.addresses import own_addresses
from tests.live import free_port

ADDRESS = next(iter(own_addresses()), "127.0.0.1")


@pytest.fixture
def on_the_network(tmp_path: Path) -> Iterator[tuple[int, int, str]]:
    """`clinic run --lan` in a process: its port, its unencrypted port, and what it printed."""
    port, plain = free_port(), free_port()
    variables = {"CLINIC_FOLDER": str(tmp_path), "PORT": str(port), "CLINIC_PLAIN_PORT": str(plain)}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "clinic"), "run", "--lan"],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    printed = ""
    while "fingerprint" not in printed:
        printed += process.stdout.readline() or pytest.fail(printed)
    printed += process.stdout.readline()
    yield port, plain, printed
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)
    process.stdout.close()


def ask(address: str, trusting: Path | None = None, **headers: str) -> tuple[int, str, bytes]:
    """The status, the cookies and the body."""
    context = ssl.create_default_context(cafile=trusting)
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, context=context, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.headers.get("Set-Cookie", ""), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Set-Cookie", ""), error.read()


def test_a_device_that_trusts_the_clinic_gets_in_and_no_other_way_shows_anything(
    on_the_network: tuple[int, int, str], tmp_path: Path
) -> None:
    port, plain, printed = on_the_network
    authority = tmp_path / "tls" / "authority.pem"
    status, cookie, body = ask(f"https://{ADDRESS}:{port}/sign-in", authority)
    assert (status, b"password" in body, "Secure" in cookie) == (200, True, True)
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(f"https://{ADDRESS}:{port}/sign-in")
    # Neither a forged host nor a forged word of a proxy opens the unencrypted port.
    for forged in ({}, {"Host": "localhost"}, {"X-Forwarded-Proto": "https"}):
        for path in ("/sign-in", "/today", "/setup/x", "/tablet", "/device-key"):
            status, cookie, body = ask(f"http://{ADDRESS}:{plain}{path}", **forged)
            assert (status, cookie, b"This way is not encrypted" in body) == (403, "", True), path
            assert certificate.fingerprint(authority).encode() in body
    assert certificate.fingerprint(authority) in printed
    status, cookie, body = ask(f"http://{ADDRESS}:{plain}/tablet/certificate.crt")
    assert (status, cookie, body) == (200, "", certificate.as_der(authority))
    for secret in (tmp_path / "tls").glob("*.key"):
        assert secret.stat().st_mode & 0o077 == 0


def test_the_certificate_is_renewed_for_a_new_address_and_what_tablets_trust_stays(tmp_path: Path) -> None:
    files = certificate.ensure(tmp_path, ["192.0.2.7"], ["desk"])
    assert files.authority
    trusted, served = files.authority.read_bytes(), files.certificate.read_bytes()
    assert (certificate.ends(files.certificate) - datetime.now(UTC)).days < 825
    certificate.ensure(tmp_path, ["192.0.2.7"], ["desk"])
    assert files.certificate.read_bytes() == served
    certificate.ensure(tmp_path, ["192.0.2.8"], ["desk"])
    assert (files.certificate.read_bytes() == served, files.authority.read_bytes() == trusted) == (
        False,
        True,
    )


def test_only_this_computer_and_a_proxy_that_encrypts_get_past_the_explanation(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CLINIC_FOLDER": str(tmp_path)})
    alone, behind = create_app(settings), create_app(replace(settings, trusted_proxies=1))
    forwarded, elsewhere = {"X-Forwarded-Proto": "https"}, "http://192.0.2.9:5000"
    for app, host, headers, status in (
        (alone, "http://localhost:5000", {}, 303),
        (alone, "http://[::1]:5000", {}, 303),
        (alone, elsewhere, {}, 403),
        (alone, "http://localhost.example", {}, 403),
        (alone, elsewhere, forwarded, 403),
        (behind, elsewhere, {}, 403),
        (behind, elsewhere, forwarded, 303),
    ):
        answer = app.test_client().get("/today", base_url=host, headers=headers)
        assert answer.status_code == status, (host, headers)
        assert (status == 403) == (b"This way is not encrypted" in answer.data)
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"CLINIC_HOST": "192.0.2.7"}, "clinic run --lan"),
        ({"CLINIC_HOST": "192.0.2.7", "CLINIC_HTTPS": "1"}, "clinic run --lan"),
        ({"CLINIC_CERTIFICATE": "a.pem"}, "go together"),
    ],
)
def test_a_clinic_that_would_be_read_along_does_not_start(
    tmp_path: Path, variables: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingError, match=told):
        Settings.from_environment({"CLINIC_FOLDER": str(tmp_path), **variables}).check()
