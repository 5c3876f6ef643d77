"""Secrets: made once, each another, readable by their owner only."""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from jangteo.config import secrets


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    secrets.make(folder)
    first = {name: secrets.read(folder, name) for name in secrets.SECRETS}
    secrets.make(folder)
    assert {name: secrets.read(folder, name) for name in secrets.SECRETS} == first
    assert len(set(first.values())) == len(first)


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    secrets.make(folder)
    for path in [folder, *folder.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_each_key_has_the_form_its_reader_expects(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    secrets.make(folder)
    for name in ("receipt.pem", "log.pem"):
        key = load_pem_private_key((folder / name).read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
    for name in ("custodian_platform/key", "custodian_audit/key"):
        assert len(base64.b64decode(secrets.read(folder, name), validate=True)) == 32
