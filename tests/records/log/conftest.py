"""A log key for each test of the log."""

from pathlib import Path
from typing import Any

import pytest

from jangteo.config import secrets


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> None:
    """Fresh secrets, so that no test depends on this machine's."""
    secrets.make(tmp_path / "secrets")
    settings.SECRETS = tmp_path / "secrets"
