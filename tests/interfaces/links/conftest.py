"""Partners of each test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interfaces.links import line


@pytest.fixture
def partners(committed: str, tmp_path: Path) -> Iterator[line.Partners]:
    """Budget system and bank, listening."""
    with line.partners(tmp_path / "partners") as running:
        yield running
