"""One agency a test."""

from pathlib import Path

import pytest

from tests.stages.tender import agency as agencies
from tests.stages.tender.agency import Agency


@pytest.fixture
def agency(db: None, tmp_path: Path) -> Agency:
    return agencies.make(tmp_path)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Agency:
    """A local government: another regime, another organisation."""
    return agencies.make(tmp_path, identifier="3000000", regime="local", name="푸른시")
