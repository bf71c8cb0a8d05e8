"""The link of a handout: for how long, with how many tries, under which address, in which words."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True)
class ShareDays:
    """How many days a link works: what is proposed, the least and the most that a clinic may choose."""

    usual: int
    least: int
    most: int


@dataclass(frozen=True)
class ShareWords:
    """What the patient reads on the paper (`read_`), before the page opens, when it does not (`refused_`, and
    `superseded_` when there is a newer programme), and on it.
    """

    read_title: str
    read_how: str
    read_year: str
    code: str
    ask_title: str
    ask_why: str
    ask_year: str
    ask_hint: str
    ask_open: str
    ask_wrong: str
    refused_title: str
    refused_try: str
    refused_again: str
    refused_call: str
    superseded_title: str
    superseded_what: str
    superseded_call: str
    until: str
    pages: str
    jump: str


@dataclass(frozen=True)
class ShareRules:
    """The numbers and words of share links; a link closes at `wrong_years` wrong birth years."""

    days: ShareDays
    wrong_years: int
    open_minutes: int
    words: ShareWords


class AddressFault(StrEnum):
    """Why a patient could not reach, or should not use, an address."""

    NOT_HTTPS = "not_https"
    NO_NAME = "no_name"
    OWN_NETWORK = "own_network"
    TOO_MUCH = "too_much"


def address_fault(address: str) -> AddressFault | None:
    """What speaks against this as the clinic's address on the internet, None when nothing does."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return AddressFault.NO_NAME
    if parts.scheme != "https":
        return AddressFault.NOT_HTTPS
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        return AddressFault.NO_NAME
    if parts.query or parts.fragment or "@" in parts.netloc:
        return AddressFault.TOO_MUCH
    return None if _is_public(host) else AddressFault.OWN_NETWORK


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan", ".home.arpa"))
