"""The import map: bare module names to hashed addresses, and its hash for the policy."""

import base64
import functools
import hashlib
import json

from django.templatetags.static import static

ENTRIES = {
    "@hpke/core": "hpke/core/esm/mod.js",
    "@hpke/common": "hpke/common/esm/mod.js",
    "jangteo/envelope": "vault/envelope.js",
}


@functools.cache
def text() -> str:
    """The map as it stands in every page; computed once, when the static files are known."""
    imports = {name: static(path) for name, path in ENTRIES.items()}
    return json.dumps({"imports": imports}, separators=(",", ":"))


@functools.cache
def policy_hash() -> str:
    """What script-src allows besides our own files: 'sha256-…' of exactly that text."""
    digest = hashlib.sha256(text().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
