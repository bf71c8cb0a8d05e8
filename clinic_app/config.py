"""Every setting, its default and its meaning; set in the folder's `clinic.toml` or by CLINIC_* variables."""

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from clinic_app.lan.addresses import is_loopback
from clinic_app.lan.certificate import files_of


class SettingError(Exception):
    """A setting is wrong; the sentence names it, its value and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    `folder`: where the database, the secret key, content overrides and backups live.
    `database_url`: an SQLAlchemy address; PostgreSQL is `postgresql+psycopg://user@host/name`.
    `host`, `port`: where the server listens. `workers`, `threads`: how many of each serve requests.
    `idle_minutes`: a sign-in unused for this long ends. `https`: cookies are sent over HTTPS only.
    `trusted_proxies`: how many proxies in front may be believed about the visitor's address.
    `lan`: serve the clinic's own network over HTTPS; a certificate is made unless `certificate` and
    `certificate_key`, the paths of two PEM files, bring one. `plain_port`: explains, unencrypted,
    how to trust the one made here, and nothing else.
    `print_seconds`, `print_memory_mb`: what one document may take. `print_waiting`: how many documents each
    worker prints or lets wait at once; below `threads`, so that a thread is always left for pages.
    """

    folder: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 5000
    workers: int = 2
    threads: int = 8
    idle_minutes: int = 30
    https: bool = False
    trusted_proxies: int = 0
    lan: bool = False
    certificate: str = ""
    certificate_key: str = ""
    plain_port: int = 5080
    print_seconds: int = 30
    print_memory_mb: int = 400
    print_waiting: int = 4

    @property
    def authority(self) -> Path | None:
        """The public certificate that devices must trust; None where none was made here."""
        file = files_of(self.folder).authority
        return file if self.lan and not self.certificate and file and file.exists() else None

    def on_the_network(self) -> "Settings":
        """These settings for the clinic's own network: every address of this machine, over HTTPS only."""
        everywhere = "0.0.0.0"  # noqa: S104 - what was asked for
        return replace(self, lan=True, https=True, host=everywhere if is_loopback(self.host) else self.host)

    def check(self) -> None:
        """Raise `SettingError` where patients' data would travel unencrypted, or on half a certificate."""
        if bool(self.certificate) != bool(self.certificate_key):
            raise SettingError("certificate and certificate_key go together: set both, or neither")
        if not (is_loopback(self.host) or self.lan or self.trusted_proxies):
            raise SettingError(
                f"host {self.host}: other devices would reach the clinic unencrypted, and browsers would "
                "switch off what keeps entries safe. Start it with: clinic run --lan (or make run LAN=1). "
                "Where a proxy in front does the encryption, set trusted_proxies and https"
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings of this machine; makes the folder and the secret key where they are missing."""
        folder = Path(environment.get("CLINIC_FOLDER", "instance")).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        values: dict[str, Any] = {
            "folder": folder,
            "database_url": f"sqlite:///{folder / 'clinic.sqlite'}",
            "secret_key": _secret_key(folder / "secret_key"),
            **_from_file(folder / "clinic.toml"),
            **_from_variables(environment),
        }
        return cls(**values)


_KINDS = {field.name: field.type for field in fields(Settings)}
_READERS: dict[object, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: lambda text: {"1": True, "0": False}[text],
}


def _secret_key(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), "ascii")
    return file.read_text("ascii")


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    table = tomllib.loads(file.read_text("utf-8"))
    for name, value in table.items():
        if name not in _KINDS or name == "folder":
            raise SettingError(f"{file.name}: {name} is not a setting")
        if type(value) is not _KINDS[name]:
            raise SettingError(f"{file.name}: {name} = {value!r} is not of the right kind")
    return table


def _from_variables(environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"CLINIC_{name.upper()}": name for name in _KINDS if name != "folder"}
    found = {names[key]: text for key, text in environment.items() if key in names}
    if "PORT" in environment:
        found["port"] = environment["PORT"]
    return {name: _read(name, text) for name, text in found.items()}


def _read(name: str, text: str) -> Any:
    try:
        return _READERS[_KINDS[name]](text)
    except (ValueError, KeyError) as error:
        raise SettingError(f"CLINIC_{name.upper()}: {text!r} is not a value of this setting") from error
