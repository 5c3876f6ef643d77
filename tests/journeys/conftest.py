"""One practice world for all journeys; a browser for each file; a window for each person."""

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import sandbox
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.tokens import operator_of
from jangteo.interfaces.rehearsal.world import load, names
from tests.conftest import server_for
from tests.journeys.town import LICENCE, Town
from tests.journeys.walker import WIDTHS, Reader, Walker

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
Window = Callable[[str], Walker]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    """The running system with a small practice world, at the present."""
    present = datetime.now(KST)  # noqa: TID251 - the practice world arrives at it
    with tempfile.TemporaryDirectory(prefix="jangteo-journey-") as folder:
        Path(folder).chmod(0o755)
        with (
            Stack(
                Path(folder), start=present - load.BEFORE, database_url=server_for("town")
            ) as stack,
            Doors(stack.site_url, stack.intake_url) as doors,
        ):
            agencies, suppliers = load.load(
                doors,
                doors.as_(operator_of(stack.var)),
                partial(sandbox.advance, stack.database_url),
                present,
                size="small",
                say=lambda line: None,
            )
            companies = names.companies(len(suppliers), random.Random(load.SEED))
            pairs = zip(companies, suppliers, strict=True)
            able = [supplier for company, supplier in pairs if LICENCE in company.licences]
            yield Town(stack, doors, agencies[0], able[0], able[1:])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(params=WIDTHS)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Somebody at a desk, and somebody with a phone."""
    return Reader(request.param)


@pytest.fixture
def window(town: Town, browser: Browser, reader: Reader) -> Iterator[Window]:
    """Open a window of its own for a person; all are closed, and judged, in the end."""
    opened: list[Walker] = []

    def open_one(story: str) -> Walker:
        opened.append(Walker(browser, town.stack.site_url, reader, story))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
