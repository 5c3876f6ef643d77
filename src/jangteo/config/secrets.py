"""Secrets of this machine: made at first start under var/secrets, readable by their owner only."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from jangteo.config.machine import Trouble


def _text() -> str:
    return secrets.token_urlsafe(48)


def _signing_key() -> str:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


def _custodian_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


#: Every secret, and how it is made. A custodian's key lies in a folder of its own.
SECRETS: dict[str, Callable[[], str]] = {
    "django_key": _text,
    "ticket_key": _text,
    "receipt.pem": _signing_key,
    "log.pem": _signing_key,
    "custodian_platform/key": _custodian_key,
    "custodian_audit/key": _custodian_key,
    "postgres": _text,
    "role_app": _text,
    "role_intake": _text,
    "role_custodian_platform": _text,
    "role_custodian_audit": _text,
}


def make(folder: Path) -> None:
    """Make the secrets that are not there yet; never change one that is."""
    for name, maker in SECRETS.items():
        path = folder / name
        for parent in (folder, path.parent):
            parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            parent.chmod(0o700)
        if not path.exists():
            write(path, maker())


def require(folder: Path, *names: str) -> None:
    """Trouble unless these secrets are there: no door opens with a constant in their place."""
    for name in names:
        path = folder / name
        if not path.is_file() or not path.read_text().strip():
            raise Trouble(f"The secret {path} is missing; start with ./jangteo up, which makes it.")


def read(folder: Path, name: str) -> str:
    """A secret's text without its line end."""
    return (folder / name).read_text().strip()


def write(path: Path, text: str) -> None:
    """Write all or nothing: a crash between the two leaves no half secret."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    beside.replace(path)
