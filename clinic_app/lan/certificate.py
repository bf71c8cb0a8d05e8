"""The clinic's own certificate authority and the server certificate it signs, kept in the clinic folder."""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
# iOS takes at most 825 days, from an authority that a person added.
SERVER_DAYS = 397
RENEW_BEFORE = timedelta(days=30)
# A tablet's clock may be a little behind.
BACKDATED = timedelta(days=1)
UNUSED = (
    *("content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True)
class Files:
    """What the server serves with, as paths; `authority`: what devices must trust, None for a bought one."""

    certificate: Path
    key: Path
    authority: Path | None


def files_of(folder: Path) -> Files:
    """Where the clinic folder keeps what is made here."""
    tls = folder / "tls"
    return Files(tls / "server.pem", tls / "server.key", tls / "authority.pem")


def ensure(folder: Path, addresses: list[str], names: list[str]) -> Files:
    """Make what is missing, and renew the server's when an address is new or its end is near.

    The authority stays, so that a tablet that trusts it goes on doing so until it ends itself.
    """
    files = files_of(folder)
    files.key.parent.mkdir(mode=0o700, exist_ok=True)
    authority_file, authority_key = folder / "tls" / "authority.pem", folder / "tls" / "authority.key"
    if not _lasts(authority_file, authority_key):
        _keep(authority_file, authority_key, *_authority())
        files.certificate.unlink(missing_ok=True)
    wanted = {"localhost", "127.0.0.1", *addresses, *names}
    if not (_lasts(files.certificate, files.key) and wanted <= _alternatives(files.certificate)):
        signer = _read(authority_file)
        key = serialization.load_pem_private_key(authority_key.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{authority_key} is not a key that was made here")
        _keep(files.certificate, files.key, *_server(sorted(wanted), signer, key))
    return files


def fingerprint(file: Path) -> str:
    """The SHA-256 fingerprint as devices show it: `AB CD ...`."""
    return _read(file).fingerprint(hashes.SHA256()).hex(" ").upper()


def as_der(file: Path) -> bytes:
    """The certificate in the form that every device installs."""
    return _read(file).public_bytes(serialization.Encoding.DER)


def ends(file: Path) -> datetime:
    """When the certificate stops being valid."""
    return _read(file).not_valid_after_utc


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _lasts(file: Path, key: Path) -> bool:
    return file.exists() and key.exists() and ends(file) - datetime.now(UTC) > RENEW_BEFORE


def _alternatives(file: Path) -> set[str]:
    found = _read(file).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one.value) for one in found}


def _keep(file: Path, key_file: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    """The key is at no moment readable for others; a half-written pair is made anew."""
    file.unlink(missing_ok=True)
    key_file.unlink(missing_ok=True)
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(secret)
    file.write_bytes(certificate.public_bytes(pem))


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _started(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int, ca: bool
) -> x509.CertificateBuilder:
    start = datetime.now(UTC) - BACKDATED
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca, 0 if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(ca), critical=True)
    )


def _usage(ca: bool) -> x509.KeyUsage:
    no = dict.fromkeys(UNUSED, False)
    return x509.KeyUsage(digital_signature=not ca, key_cert_sign=ca, crl_sign=ca, **no)


def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    # The day tells two authorities apart in a tablet's list.
    name = _name(f"Gluteal Screen, made in this clinic {datetime.now(UTC):%Y-%m-%d}")
    return _started(name, name, key, days=AUTHORITY_DAYS, ca=True).sign(key, hashes.SHA256()), key


def _server(
    wanted: list[str], signer: x509.Certificate, signing_key: ec.EllipticCurvePrivateKey
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _started(_name("Gluteal Screen"), signer.subject, key, days=SERVER_DAYS, ca=False)
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
    certificate = (
        builder.add_extension(x509.SubjectAlternativeName(map(_alternative, wanted)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signed_by, critical=False)
        .sign(signing_key, hashes.SHA256())
    )
    return certificate, key


def _alternative(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)
