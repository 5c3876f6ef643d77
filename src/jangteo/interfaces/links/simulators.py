"""Simulated partners for a practice world, one process on loopback: every system's simulator.

python -m jangteo.interfaces.links.simulators PORT

Each system is reached under the name of its folder: POST /budget/… and /bank/… speak its own words,
GET /ledger/budget and /ledger/bank tell what was really done, as JSON. The books lie in
JANGTEO_VAR/partners.
"""

import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jangteo.interfaces.links import systems
from jangteo.interfaces.links.partner import Partner, Reply

MOST = 65536


class Door(BaseHTTPRequestHandler):
    """Leads a request to the partner that its first folder names."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    partners: dict[str, Partner]

    def do_GET(self) -> None:
        """The ledgers, and whether the process lives."""
        parts = self.path.strip("/").split("/")
        if parts == ["healthz"]:
            self._send(Reply(b"ok"))
        elif parts[0] == "ledger" and parts[-1] in self.partners:
            effects = self.partners[parts[-1]].book.effects()
            self._send(Reply(json.dumps(effects, ensure_ascii=False).encode()))
        else:
            self._send(Reply(b"", 404))

    def do_POST(self) -> None:
        """An order or an inquiry in the partner's words."""
        name, _, rest = self.path.strip("/").partition("/")
        length = int(self.headers.get("Content-Length") or 0)
        if name not in self.partners or not 0 < length <= MOST:
            self._send(Reply(b"", 404))
            return
        self._send(self.partners[name].handle(rest, self.rfile.read(length)))

    def _send(self, reply: Reply) -> None:
        if reply.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """No line a request: the ledger says what was done."""


class Server(ThreadingHTTPServer):
    """On loopback only; a connection that breaks is the caller's trouble."""

    partners: dict[str, Partner]
    daemon_threads = True

    def server_close(self) -> None:
        """Close the door, then the books."""
        super().server_close()
        for partner in self.partners.values():
            partner.book.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no fault; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def names() -> list[str]:
    """The systems that there are, by folder."""
    return sorted(one.name for one in pkgutil.iter_modules(systems.__path__))


def _simulator(name: str) -> type[Partner]:
    found = importlib.import_module(f"{systems.__name__}.{name}.simulator").SIMULATOR
    assert issubclass(found, Partner)  # noqa: S101 - a folder of ours, held by tests
    return found


def serve(folder: Path, port: int) -> Server:
    """A server of every folder's simulator, not yet running; port 0 takes a free one."""
    partners = {one: _simulator(one)(folder / f"{one}.sqlite") for one in names()}
    server = Server(("127.0.0.1", port), type("PartnersDoor", (Door,), {"partners": partners}))
    server.partners = partners
    return server


def main(arguments: list[str]) -> int:
    """Serve until told to stop; 2 when it must not start."""
    if len(arguments) != 1 or not arguments[0].isdigit():
        print("Usage: python -m jangteo.interfaces.links.simulators PORT", file=sys.stderr)
        return 2
    if os.environ.get("JANGTEO_SANDBOX") != "1":
        print("Simulated partners are for a practice world only.", file=sys.stderr)
        return 2
    server = serve(Path(os.environ["JANGTEO_VAR"]) / "partners", int(arguments[0]))

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
