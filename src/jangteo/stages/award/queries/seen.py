"""What a second person has read before confirming it, as a digest: anything else is refused."""

import hashlib
import json

from jangteo.stages.award.models import OwnScore


def own_digest(found: OwnScore) -> str:
    """Of a score by the agency's own standard: 64 hex digits."""
    said = (found.points, found.pass_mark, found.document, found.reason)
    return _digest(str(found.pk), *said, str(found.entered_by), found.entered_at.isoformat())


def _digest(*said: str) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
