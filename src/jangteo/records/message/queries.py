"""Ask for messages."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangteo.records.message.models import Message


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as a desk shows it; text is a msgid to translate and fill from params."""

    id: uuid.UUID
    text: str
    params: dict[str, Any]
    link: str
    at: datetime
    read: bool


def inbox(party_id: uuid.UUID, *, most: int = 50) -> list[MessageRow]:
    """The newest messages of an organisation."""
    rows = Message.objects.filter(party_id=party_id).order_by("-at", "-id")[:most]
    return [MessageRow(m.id, m.text, m.params, m.link, m.at, m.read_at is not None) for m in rows]
