"""A client of the public doors, as another system would write one: HTTP, tokens, sealed bids."""

import base64
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)

from jangteo.ground.errors import N_, Refusal
from jangteo.records.vault import seal

PATIENCE = 120.0


def b64u(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Doors:
    """Where a running Jangteo is, and one connection pool to it. Close it, or use `with`."""

    def __init__(self, site_url: str, intake_url: str, *, verify: Any = True) -> None:
        limits = httpx.Limits(max_connections=32)
        self.site_url, self.intake_url = site_url, intake_url
        self.http = httpx.Client(timeout=PATIENCE, limits=limits, verify=verify, trust_env=False)

    def __enter__(self) -> "Doors":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def as_(self, token: str = "") -> "Person":
        """Somebody who knocks with a token, or a visitor without one."""
        return Person(self, token)


def answer(response: httpx.Response) -> Any:
    """The parsed JSON of a response; a Refusal with the server's code if it was refused."""
    if response.status_code < 400:
        return response.json() if response.content else None
    try:
        body = response.json()
    except ValueError:
        body = {}
    errors = body.get("errors") or [body.get("error") or {}]
    said = "; ".join(str(e.get("message", "")) for e in errors) or response.text[:200]
    raise Refusal(
        str(errors[0].get("code") or f"http.{response.status_code}"),
        N_("{method} {path} was refused with {answer}: {said}"),
        repair=str(errors[0].get("repair") or ""),
        status=response.status_code,
        method=response.request.method,
        path=response.request.url.path,
        said=said,
        answer=response.status_code,
    )


class Person:
    """Somebody acting through the API: a token, and where needed a key to sign with."""

    def __init__(self, doors: Doors, token: str) -> None:
        self.doors = doors
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.key: EllipticCurvePrivateKey | None = None
        self._enrolling = threading.Lock()

    def get(self, path: str, **query: Any) -> Any:
        """GET /api/v1<path>; the parsed JSON, or a Refusal with the server's code."""
        url = f"{self.doors.site_url}/api/v1{path}"
        return answer(self.doors.http.get(url, params=query, headers=self.headers))

    def post(self, path: str, body: Any = None) -> Any:
        """POST /api/v1<path>."""
        return self._send("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """PUT /api/v1<path>."""
        return self._send("PUT", path, body)

    def _send(self, method: str, path: str, body: Any) -> Any:
        url = f"{self.doors.site_url}/api/v1{path}"
        sent = self.doors.http.request(method, url, json=body or {}, headers=self.headers)
        return answer(sent)

    def enrol_key(self) -> None:
        """Make a signing key and enrol its public half."""
        made = generate_private_key(SECP256R1())
        self.post("/me/keys", {"public_key": seal.public_of(made)})
        self.key = made

    def sign(self, message: bytes) -> tuple[str, str]:
        """(public key, signature), both base64url, over a message; by one key at all times."""
        with self._enrolling:
            if self.key is None:
                self.enrol_key()
        assert self.key is not None  # noqa: S101 - enrolled just now
        return seal.public_of(self.key), b64u(seal.sign(self.key, message))


def wait_for(ask: Callable[[], Any], done: Callable[[Any], bool], *, what: str) -> Any:
    """Ask until done, for at most PATIENCE seconds; Refusal `rehearsal.waited` after that."""
    end = time.monotonic() + PATIENCE
    pause = 0.02
    while True:
        found = ask()
        if done(found):
            return found
        if time.monotonic() > end:
            raise Refusal(
                "rehearsal.waited",
                N_("Waited {seconds} seconds in vain for {what}."),
                repair=N_("Look at the logs of the custodians and the worker."),
                seconds=int(PATIENCE),
                what=what,
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
