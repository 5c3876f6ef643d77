"""One byte form for everything that is hashed or signed, and base64url without padding.

Canonical JSON here: objects with keys in sorted order, arrays, strings of printable ASCII (keys
too) and whole numbers within ±(2^53 − 1); no spaces between, no booleans, no null, no fractions. A
browser and any other language make the same bytes from it.
"""

import base64
import binascii
import hashlib
import json
from typing import Any

LARGEST = 2**53 - 1


def _check(value: object) -> None:
    if isinstance(value, str):
        if not (value.isascii() and value.isprintable()):
            raise ValueError("canonical JSON holds printable ASCII only")
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST:
            raise ValueError("a number beyond what every language holds exactly")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError("keys are strings")
            _check(key)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise ValueError(f"canonical JSON does not hold {type(value).__name__}")


def canonical(value: object) -> bytes:
    """The canonical bytes of a value; ValueError for what the form does not hold."""
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def read_canonical(data: bytes) -> Any:
    """The value behind canonical bytes; ValueError unless they are exactly in canonical form."""
    try:
        value = json.loads(data.decode("ascii"))
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not ASCII JSON") from error
    if canonical(value) != data:
        raise ValueError("not in canonical form")
    return value


def b64u(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: str, length: int | None = None) -> bytes:
    """The bytes behind base64url; ValueError unless it is the one right spelling of that length."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
    if b64u(data) != text:
        raise ValueError("not the one right spelling of base64url")
    if length is not None and len(data) != length:
        raise ValueError(f"{len(data)} bytes instead of {length}")
    return data


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
