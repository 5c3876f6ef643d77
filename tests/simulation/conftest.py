"""A database that keeps commits and secrets of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jangteo.config import secrets
from jangteo.config.timetable import LISTENERS
from jangteo.interfaces.rehearsal.simulation.run import Outcome, simulate
from tests.committed import fresh_database, pointed_at, url


@pytest.fixture
def play(committed: str, tmp_path: Path, settings: Any) -> Callable[..., Outcome]:
    """Play a seed in an empty database."""
    folder = tmp_path / "secrets"
    secrets.make(folder)
    settings.SECRETS = folder
    settings.TICKET_KEY = secrets.read(folder, "ticket_key")

    def once(seed: int, **words: Any) -> Outcome:
        given = {"listeners": LISTENERS, **words}
        return simulate(seed=seed, url=committed, secrets=folder, **given)

    return once


@pytest.fixture
def play_again(
    play: Callable[..., Outcome], migrated: str, settings: Any
) -> Callable[..., Outcome]:
    """Play a seed once more, in another empty database."""

    def again(seed: int, **words: Any) -> Outcome:
        with fresh_database(migrated) as name, pointed_at(NAME=name):
            given = {"listeners": LISTENERS, **words}
            return simulate(seed=seed, url=url(), secrets=settings.SECRETS, **given)

    return again
