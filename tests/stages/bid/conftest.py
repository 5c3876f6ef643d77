"""Secrets of this test's own."""

from pathlib import Path
from typing import Any

import pytest

from jangteo.config import secrets


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> None:
    secrets.make(tmp_path / "secrets")
    settings.SECRETS = tmp_path / "secrets"
    settings.TICKET_KEY = secrets.read(tmp_path / "secrets", "ticket_key")
