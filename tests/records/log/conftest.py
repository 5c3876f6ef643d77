"""A committed database and a log key for each test of the log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jangteo.config import secrets
from tests.committed import copy_of_test_database


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database of this test's own."""
    with django_db_blocker.unblock(), copy_of_test_database() as address:
        yield address


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> None:
    """Fresh secrets, so that no test depends on this machine's."""
    secrets.make(tmp_path / "secrets")
    settings.SECRETS = tmp_path / "secrets"
