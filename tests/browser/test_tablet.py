"""A second browser, which trusts the certificate made here, works beside the clinic's computer."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from clinic_app.lan.addresses import own_addresses
from tests.browser.conftest import CHROMIUM
from tests.test_lan import on_the_network

__all__ = ["on_the_network"]
ADDRESS = next(iter(own_addresses()), "127.0.0.1")


def trusting(home: Path, authority: Path) -> dict[str, str]:
    """The environment of a browser whose owner installed the certificate."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    database = f"sql:{store}"
    subprocess.run(["certutil", "-N", "-d", database, "--empty-password"], check=True)
    install = ["certutil", "-A", "-d", database, "-n", "clinic", "-t", "C,,", "-i", str(authority)]
    subprocess.run(install, check=True)
    return {"HOME": str(home)}


def test_a_tablet_that_trusts_the_clinic_is_let_in_and_one_that_does_not_is_warned(
    on_the_network: tuple[int, int, str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> None:
    port, plain, _printed = on_the_network
    environment = trusting(tmp_path_factory.mktemp("home"), tmp_path / "tls" / "authority.pem")
    stranger = {"HOME": str(tmp_path_factory.mktemp("stranger"))}
    start = browser.browser_type.launch
    tablet = start(executable_path=CHROMIUM, args=["--no-sandbox"], env=environment)
    page = tablet.new_page()
    page.goto(f"https://{ADDRESS}:{port}/sign-in")
    assert page.evaluate("isSecureContext && 'serviceWorker' in navigator && 'locks' in navigator")
    page.goto(f"http://{ADDRESS}:{plain}/today")
    assert page.get_by_role("heading", name="This way is not encrypted").is_visible()
    assert page.evaluate("isSecureContext") is False
    assert page.get_by_text("has switched them off").is_visible()
    tablet.close()
    unknowing = start(executable_path=CHROMIUM, args=["--no-sandbox"], env=stranger)
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        unknowing.new_page().goto(f"https://{ADDRESS}:{port}/sign-in")
    unknowing.close()
