"""The kept bundles, and small changes to them."""

import json
from pathlib import Path
from typing import Any

from jangteo.interfaces.rehearsal.engines.changes import changed, covered, found, leaves, put, write

__all__ = ["NAMES", "bundle", "changed", "covered", "found", "leaves", "put", "raw", "write"]

FOLDER = Path(__file__).parent / "bundles"
NAMES = (
    "alone", "failed", "quoted", "reenacted", "seeded", "shortage", "unranked", "voided",
)  # fmt: skip


def raw(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def bundle(name: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(raw(name))
    return parsed
