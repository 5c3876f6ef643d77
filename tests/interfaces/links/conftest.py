"""Each test has a database that keeps commits, and partners of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.committed import committed, migrated
from tests.interfaces.links import line

__all__ = ["committed", "migrated"]


@pytest.fixture
def partners(committed: str, tmp_path: Path) -> Iterator[line.Partners]:
    """Budget system and bank, listening."""
    with line.partners(tmp_path / "partners") as running:
        yield running
