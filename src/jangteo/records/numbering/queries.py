"""Identifiers made in the application, so that PostgreSQL 15 and 18 serve alike."""

import secrets
import time
import uuid


def new_id() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): sorted by creation, unguessable in its last 62 bits.

    The 12 bits behind the millisecond are its fraction (6.2, method 3), so that what one process
    makes in one millisecond keeps its order: facts of one transaction are chained by it.
    """
    millis, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | fraction << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))
