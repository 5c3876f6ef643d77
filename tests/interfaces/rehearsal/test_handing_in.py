"""What a bidder's machine does where intake cannot say whether it holds the envelope."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import stamina

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.records.vault import seal

#: the door hangs up without a word
BROKEN = "broken"
SEALED = seal.SealedEnvelope(b"envelope", b"signature", b"h" * 32, "phrase")


@contextmanager
def intake(*codes: str) -> Iterator[tuple[Doors, list[bytes]]]:
    """A door that refuses with these codes, one after the other, and then gives a receipt."""
    heard: list[bytes] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            code = codes[len(heard) - 1] if len(heard) <= len(codes) else ""
            if code == BROKEN:
                self.close_connection = True
                return
            said = {"errors": [{"code": code, "message": ""}]} if code else {"receipt": "kept"}
            self.send_response(503 if code else 201)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written while tests run."""

    stamina.set_testing(True, attempts=play.TRIES)  # sent again without waiting
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with Doors(url, url) as doors:
            yield doors, heard
    finally:
        stamina.set_testing(False)
        server.shutdown()
        server.server_close()


def test_the_same_envelope_is_sent_until_intake_is_sure() -> None:
    with intake(*play.UNSURE) as (doors, heard):
        found = play.hand_in(doors, "ticket", SEALED)
    assert found == {"hash": SEALED.hash.hex(), "receipt": "kept"}
    assert len(heard) == 4
    assert len(set(heard)) == 1


def test_a_line_that_broke_tells_nothing_and_the_same_envelope_is_sent_again() -> None:
    with intake(BROKEN, "bid.not_confirmed") as (doors, heard):
        assert play.hand_in(doors, "ticket", SEALED)["receipt"] == "kept"
    assert len(heard) == 3
    assert len(set(heard)) == 1


def test_what_intake_refuses_is_not_sent_again() -> None:
    with intake("bid.too_late") as (doors, heard), pytest.raises(Refusal) as refused:
        play.hand_in(doors, "ticket", SEALED)
    assert refused.value.code == "bid.too_late"
    assert len(heard) == 1


def test_it_gives_up_and_says_why() -> None:
    with intake(*["bid.not_confirmed"] * 9) as (doors, heard), pytest.raises(Refusal) as refused:
        play.hand_in(doors, "ticket", SEALED)
    assert refused.value.code == "bid.not_confirmed"
    assert len(heard) == play.TRIES
