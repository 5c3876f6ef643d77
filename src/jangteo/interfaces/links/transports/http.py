"""Carries one call over HTTP, and says for certain what is certain: arrived, never left, unknown.

Tried again here is only what surely never left: no connection, so no byte of ours was on the way.
Whatever went out once is never repeated here; whoever called must ask what became of it.
"""

import functools
import ssl
import time
from dataclasses import dataclass

import httpx
import stamina

from jangteo.interfaces.links.link import Call

#: Seconds: for a connection, for each piece, for the whole answer. Bytes of an answer at most.
CONNECT, PIECE, WHOLE = 2.0, 5.0, 20.0
MOST = 1_000_000
TRIES = 3
_NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout)
_NO_ADDRESS = (httpx.UnsupportedProtocol, httpx.InvalidURL)


class NeverLeft(Exception):
    """No connection came about: the other system has seen nothing of this call."""


class NoAnswer(Exception):
    """It went out, and no sound answer came back; status and body as far as they came."""

    def __init__(self, trouble: str, status: int | None = None, body: bytes = b"") -> None:
        super().__init__(trouble)
        self.status, self.body = status, body


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer of the system itself."""

    status: int
    body: bytes


def carry(address: str, call: Call) -> Arrived:
    """Send a call to a system's address; NeverLeft or NoAnswer when there is no answer.

    A status of 500 or more is no answer: what stands before the system said it, or the system
    broke down on the way, and nobody knows how far it came.
    """
    limits = httpx.Timeout(PIECE, connect=CONNECT)
    alone = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        timeout=limits, limits=alone, trust_env=False, verify=_authorities()
    ) as client:
        tries = stamina.retry_context(
            on=_NO_CONNECTION, attempts=TRIES, wait_initial=0.05, wait_max=0.5, timeout=None
        )
        try:
            for attempt in tries:
                with attempt:
                    return _once(client, address.rstrip("/") + call.path, call)
        except (*_NO_CONNECTION, *_NO_ADDRESS) as error:
            raise NeverLeft(_words(error)) from error
        except httpx.HTTPError as error:
            raise NoAnswer(_words(error)) from error
    raise NeverLeft("not tried")


@functools.cache
def _authorities() -> ssl.SSLContext:
    """Whom we believe, read once: reading every authority for each message costs more than it."""
    return httpx.create_ssl_context(trust_env=False)


def _once(client: httpx.Client, url: str, call: Call) -> Arrived:
    headers = {"Content-Type": call.content_type}
    end = time.monotonic() + WHOLE
    body = b""
    with client.stream("POST", url, content=call.body, headers=headers) as answer:
        try:
            for piece in answer.iter_raw():
                body += piece
                if len(body) > MOST or time.monotonic() > end:
                    raise NoAnswer("the answer is too long", answer.status_code, body[:MOST])
        except httpx.HTTPError as error:
            raise NoAnswer(_words(error), answer.status_code, body) from error
    if answer.status_code >= 500:
        raise NoAnswer(f"HTTP {answer.status_code}", answer.status_code, body)
    return Arrived(answer.status_code, body)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
