"""The platform's and the audit custodian, taken up anew whenever they work: as after a crash."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from jangteo.interfaces.custodian.inside import take_up

NAMES = ("platform", "audit")


class Custodians:
    """secrets: where custodian_platform/key and custodian_audit/key are; home: where lots go."""

    def __init__(self, url: str, secrets: Path, home: Path) -> None:
        self._db = psycopg.connect(url, autocommit=True)
        self._home = home
        for name in NAMES:
            (home / name).mkdir()
            shutil.copy(secrets / f"custodian_{name}" / "key", home / name / "key")
        self.said: list[str] = []

    def close(self) -> None:
        """Give the connection back."""
        self._db.close()

    def work(self, names: Sequence[str] = NAMES) -> None:
        """Let these custodians do everything that is asked of them."""
        for name in names:
            take_up(name, self._home / name, self._db, self._say).all(self._db)

    def _say(self, event: str, **said: Any) -> None:
        self.said.append(event)
