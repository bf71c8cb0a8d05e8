"""Which address a clinic may give for its share links: one that patients at home reach, encrypted."""

import pytest

from clinic_app.domain.share import AddressFault, address_fault


@pytest.mark.parametrize(
    "address",
    [
        "https://exercises.example.org",
        "https://clinic.example.org:8443/app",
        "https://8.8.8.8",
        "https://[2606:4700::1]",
    ],
)
def test_an_address_that_patients_reach_is_taken(address: str) -> None:
    assert address_fault(address) is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://clinic.example.org", AddressFault.NOT_HTTPS),
        ("clinic.example.org", AddressFault.NOT_HTTPS),
        ("https://", AddressFault.NO_NAME),
        ("https://clinic example.org", AddressFault.NO_NAME),
        ("https://clinic.example.org:port", AddressFault.NO_NAME),
        ("https://clinic", AddressFault.OWN_NETWORK),
        ("https://localhost", AddressFault.OWN_NETWORK),
        ("https://clinic.local", AddressFault.OWN_NETWORK),
        ("https://192.168.1.20", AddressFault.OWN_NETWORK),
        ("https://[::1]", AddressFault.OWN_NETWORK),
        ("https://me@clinic.example.org", AddressFault.TOO_MUCH),
        ("https://clinic.example.org?to=x", AddressFault.TOO_MUCH),
        ("https://clinic.example.org#x", AddressFault.TOO_MUCH),
    ],
)
def test_any_other_is_refused_with_its_reason(address: str, fault: AddressFault) -> None:
    assert address_fault(address) is fault
