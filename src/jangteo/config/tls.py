"""The certificate for a start with --host: sealing needs a secure context on other devices."""

import datetime
import ipaddress
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 397


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """(certificate, key) files, made anew for another host or when they near their end."""
    crt, key = folder / "certificate.pem", folder / "key.pem"
    if not (crt.exists() and key.exists() and _serves(crt, host)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(crt, key, host)
    return crt, key


def _real_now() -> datetime.datetime:
    """TLS lives by real time, not by the clock of a practice world."""
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251 - real time on purpose, see above


def _serves(path: Path, host: str) -> bool:
    made = x509.load_pem_x509_certificate(path.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    left = made.not_valid_after_utc - _real_now()
    return _name(host) in names and left > datetime.timedelta(days=7)


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _make(crt: Path, key: Path, host: str) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Jangteo {host}"[:64])])
    now = _real_now()
    names = [_name(host), x509.DNSName("localhost")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    crt.write_bytes(made.public_bytes(Encoding.PEM))
