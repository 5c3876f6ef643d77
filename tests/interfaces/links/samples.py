"""Recorded exchanges of a system: what we said, what it answered, what we made of it.

Each file of systems/<name>/samples holds {"at", "question", "fields", "order", "inquiry",
"answers": [{"received", "outcomes"}]}; bytes as text in the system's own encoding.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jangteo.config.switchboard import LINKS
from jangteo.interfaces import links
from jangteo.records.exchange.questions import Message, message

SYSTEMS = Path(links.__file__).parent / "systems"


@dataclass(frozen=True, slots=True)
class Sample:
    system: str
    name: str
    told: Message
    at: datetime
    order: bytes
    inquiry: bytes
    answers: tuple[tuple[bytes, list[dict[str, Any]]], ...]


def read(path: Path) -> Sample:
    held = json.loads(path.read_text())
    system = path.parent.parent.name
    encoding = LINKS[system].card.encoding
    return Sample(
        system, path.stem, message(held["question"], held["fields"]),
        datetime.fromisoformat(held["at"]), held["order"].encode(encoding),
        held["inquiry"].encode(encoding),
        tuple((one["received"].encode(encoding), one["outcomes"]) for one in held["answers"]),
    )  # fmt: skip


SAMPLES = [read(path) for path in sorted(SYSTEMS.glob("*/samples/*.json"))]
