"""What a second person has read before confirming it, as a digest: anything else is refused."""

import hashlib
import json

from jangteo.stages.award.models import OwnScore, Wish


def own_digest(found: OwnScore) -> str:
    """Of a score by the agency's own standard: 64 hex digits."""
    said = (found.points, found.pass_mark, found.document, found.reason)
    return _digest(str(found.pk), *said, str(found.entered_by), found.entered_at.isoformat())


def wish_digest(asked: Wish) -> str:
    """Of a wish about an award or a candidate: 64 hex digits."""
    said = (asked.cause, asked.reason, str(asked.asked_by), asked.asked_at.isoformat())
    return _digest(str(asked.pk), *said)


def _digest(*said: str) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
