"""A second browser, which trusts the certificate made here, works beside the clinic's computer."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from clinic_app.lan.addresses import own_addresses
from clinic_app.records.engine import make_engine, sessions
from tests import people
from tests.browser.conftest import CHROMIUM, TABLET
from tests.browser.faults import until_kept
from tests.browser.quick import MOMENT_MS, QUICK, STATUS, TRIES, Record, new_screening, sign_in
from tests.live import LiveClinic
from tests.test_lan import on_the_network

__all__ = ["on_the_network"]
BODY = next(entered for entered in QUICK if entered.item == "demographics")
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


def goes_on_without_a_network(page: Page, clinic: LiveClinic) -> None:
    """An entry is made and a step is loaded again while the network is away; the record has it afterwards."""
    with sessions(make_engine(f"sqlite:///{clinic.folder / 'clinic.sqlite'}"))[1]() as session:
        people.add_clinic(session)
        people.add_member(session, people.BOB)
        people.add_patient(session)
        session.commit()
    page.set_viewport_size(TABLET)
    sign_in(page, clinic)
    record = Record(clinic.folder, new_screening(page, clinic))
    page.goto(f"{clinic.address}/screenings/{record.screening}/steps/{BODY.item}")
    until_kept(page)
    page.context.set_offline(True)
    BODY.enter(page)
    page.locator(STATUS).get_by_text("Offline").wait_for()
    page.reload()
    assert BODY.stands(page)
    page.context.set_offline(False)
    assert any(record.holds(BODY) or page.wait_for_timeout(MOMENT_MS) for _ in range(TRIES))


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
    goes_on_without_a_network(page, LiveClinic(tmp_path, port=port, host=f"https://{ADDRESS}"))
    page.goto(f"http://{ADDRESS}:{plain}/today")
    assert page.get_by_role("heading", name="This way is not encrypted").is_visible()
    assert page.evaluate("isSecureContext") is False
    assert page.get_by_text("has switched them off").is_visible()
    tablet.close()
    unknowing = start(executable_path=CHROMIUM, args=["--no-sandbox"], env=stranger)
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        unknowing.new_page().goto(f"https://{ADDRESS}:{port}/sign-in")
    unknowing.close()
