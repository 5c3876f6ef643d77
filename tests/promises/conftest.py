"""One running Jangteo without a practice world, with an agency and a hundred suppliers."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.stack import Stack
from tests.promises.place import Place, settle

START = datetime(2026, 1, 5, 9, tzinfo=KST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder holds a promise, and shares one system."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.promise)


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """The running system and its people."""
    with tempfile.TemporaryDirectory(prefix="jangteo-promise-") as folder:
        Path(folder).chmod(0o755)
        with (
            Stack(Path(folder), start=START) as stack,
            Doors(stack.site_url, stack.intake_url) as doors,
        ):
            yield settle(stack, doors)
