"""Send a message, read a message."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jangteo.records.message.models import Message


def send(
    party_id: uuid.UUID, *, at: datetime, key: str, text: str, params: dict[str, Any], link: str
) -> None:
    """Put a message into an organisation's inbox once; the same key again changes nothing."""
    Message.objects.get_or_create(
        key=key,
        defaults={"party_id": party_id, "text": text, "params": params, "link": link, "at": at},
    )


def mark_read(party_id: uuid.UUID, shown: Iterable[uuid.UUID], *, at: datetime) -> None:
    """Mark those of an organisation's messages as read that were shown, by their ids."""
    found = Message.objects.filter(party_id=party_id, pk__in=list(shown), read_at=None)
    found.update(read_at=at)
