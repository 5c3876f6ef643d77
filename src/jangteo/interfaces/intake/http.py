"""As much of HTTP as intake needs, on plain ASGI."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from jangteo.interfaces.intake.answers import RETRY_AFTER, Refused, Reply
from jangteo.interfaces.intake.request import LARGEST

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BODY_SECONDS = 15.0


class Gone(Exception):
    """The client left before its request was whole."""


def header(scope: Scope, name: bytes) -> str:
    """A request header's value, or ""."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""


def language(scope: Scope) -> str:
    """Korean unless the reader prefers English."""
    return "en" if header(scope, b"accept-language").lower().startswith("en") else "ko"


async def _chunks(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise Refused("bid.too_large")
        more = message.get("more_body", False)
    return body


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body; Refused when it is too large or comes too slowly."""
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > LARGEST:
        raise Refused("bid.too_large")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _chunks(receive)
    except TimeoutError as error:
        raise Refused("bid.too_slow") from error


def cross_origin(scope: Scope, site: str) -> list[tuple[bytes, bytes]]:
    """Headers that let pages of the site, and of no other place, read the answer."""
    found = [(b"vary", b"Origin")]
    if header(scope, b"origin") == site:
        found.append((b"access-control-allow-origin", site.encode()))
        if scope["method"] == "OPTIONS":
            found += [
                (b"access-control-allow-methods", b"GET, POST"),
                (b"access-control-allow-headers", b"content-type"),
                (b"access-control-max-age", b"600"),
            ]
    return found


async def send_reply(send: Send, reply: Reply, headers: list[tuple[bytes, bytes]]) -> None:
    """Send an answer whole."""
    own = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(reply.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if reply.retry:
        own.append((b"retry-after", RETRY_AFTER))
    await send({"type": "http.response.start", "status": reply.status, "headers": own + headers})
    await send({"type": "http.response.body", "body": reply.body})
