"""A database that keeps commits and secrets of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jangteo.config import secrets
from jangteo.interfaces.rehearsal.simulation.run import Outcome, simulate
from tests.committed import committed, fresh_database, migrated, pointed_at, url

__all__ = ["committed", "migrated"]


@pytest.fixture
def play(committed: str, tmp_path: Path, settings: Any) -> Callable[..., Outcome]:
    """Play a seed in an empty database."""
    folder = tmp_path / "secrets"
    secrets.make(folder)
    settings.SECRETS = folder
    settings.TICKET_KEY = secrets.read(folder, "ticket_key")
    return lambda seed, **words: simulate(seed=seed, url=committed, secrets=folder, **words)


@pytest.fixture
def play_again(
    play: Callable[..., Outcome], migrated: str, settings: Any
) -> Callable[..., Outcome]:
    """Play a seed once more, in another empty database."""

    def again(seed: int, **words: Any) -> Outcome:
        with fresh_database(migrated) as name, pointed_at(NAME=name):
            return simulate(seed=seed, url=url(), secrets=settings.SECRETS, **words)

    return again
