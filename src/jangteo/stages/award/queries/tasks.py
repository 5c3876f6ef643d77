"""What this stage asks of whom."""

from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.ui.shapes import DeskTask


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """What waits for this person, and what waits for a colleague."""
    return []
