"""Under which addresses this machine is reached on the clinic's network."""

import socket
from contextlib import suppress
from ipaddress import ip_address

# Nothing is sent there: asking for the way to it tells which of our addresses would be used.
FAR_AWAY = ((socket.AF_INET, "10.255.255.255"), (socket.AF_INET6, "fd00::ffff"))
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address, without its port, reaches nothing but this machine."""
    return host.lower() in LOOPBACK_NAMES


def own_addresses() -> list[str]:
    """This machine's addresses on its networks, IPv4 first; empty where it has no network."""
    found = [address for family, far in FAR_AWAY if (address := _own_address(family, far))]
    return [address for address in found if not ip_address(address).is_loopback]


def own_names() -> list[str]:
    """The names other devices may know this machine by."""
    name = socket.gethostname().split(".")[0]
    return [name, f"{name}.local"]


def _own_address(family: socket.AddressFamily, far: str) -> str | None:
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((far, 1))
        return str(probe.getsockname()[0])
    return None
