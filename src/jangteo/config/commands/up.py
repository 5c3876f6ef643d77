"""Start Jangteo: database, site, bid intake, custodians and worker; Ctrl-C stops it."""

import argparse
import os
from datetime import datetime

from jangteo.config import start
from jangteo.ground.clock import KST


def run(arguments: list[str]) -> int:
    """Read the options and start."""
    parser = argparse.ArgumentParser(prog="./jangteo up", description=__doc__)
    parser.add_argument("--port", type=int, default=8400, help="site's port; intake takes the next")
    parser.add_argument("--host", default="", help="address for other devices, served with TLS")
    parser.add_argument(
        "--start", type=moment, help="begin of the sandbox clock, new database only"
    )
    parser.add_argument("--empty", action="store_true", help="without the practice world")
    parser.add_argument("--fast", action="store_true", help="for tests: may lose data in a crash")
    given = parser.parse_args(arguments)
    os.environ["JANGTEO_SANDBOX"] = os.environ.get("JANGTEO_SANDBOX") or "1"
    return start.run(
        start.Wishes(given.host, given.port, given.start, not given.empty, not given.fast)
    )


def moment(text: str) -> datetime:
    """A moment as people type it, in Korean time unless it says otherwise."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=KST)
