"""Run a custodian: python -m jangteo.interfaces.custodian platform|audit."""

import json
import logging
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import psycopg

from jangteo.ground.errors import Fault
from jangteo.interfaces.custodian import database
from jangteo.interfaces.custodian.duties import Duties
from jangteo.interfaces.custodian.folder import Folder, lock, one_user
from jangteo.records.vault import custody

NAMES = ("platform", "audit")
#: Seconds between two looks without a call, and the longest wait for a lost database.
LOOK, LONGEST_WAIT = 1.0, 2.0


class Stop(Exception):
    """The supervisor asks the process to end."""


class Log:
    """One JSON line an event; names and codes only, never a key, a share or a price."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, event: str, **said: Any) -> None:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = {"time": stamp, "process": f"custodian-{self._name}", "event": event, **said}
        print(json.dumps(line, ensure_ascii=False), flush=True)


class Libraries(logging.Handler):
    """What a library warns of, as an event: its words without the values put into them."""

    def __init__(self, say: Log) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say("library", logger=record.name, level=record.levelname, words=str(record.msg))


def _open(name: str, say: Log) -> tuple[custody.Custodian, Folder]:
    """The custodian and its folder; Fault with one sentence when it must not start."""
    secrets_folder = Path(os.environ["JANGTEO_VAR"]) / "secrets"
    path = secrets_folder / f"custodian_{name}"
    try:
        secret = (path / "key").read_bytes().strip()
    except OSError as error:
        raise Fault(f"The key file {path / 'key'} cannot be read.") from error
    if one_user(secrets_folder, name):
        if os.environ.get("JANGTEO_SANDBOX") != "1":
            raise Fault(
                "This process can read the secrets of the others, so it would keep nothing from "
                "them; run it as an operating-system user of its own. Only a sandbox may not."
            )
        say("sandbox.one_user", message="One user runs every custodian: for practice only.")
    own = custody.custodian(name, secret)
    lock(path)
    return own, Folder(path, own)


def _serve(db: database.Db, duties: Duties, own: custody.Custodian) -> None:
    if database.enrol(db, own.name, own.public_key) != own.public_key:
        raise Fault(f"The database knows another key of the custodian {own.name}.")
    db.execute("listen jangteo_custody")
    while True:
        duties.all(db)
        for _ in db.notifies(timeout=LOOK, stop_after=1):
            pass


def _keep_serving(url: str, duties: Duties, own: custody.Custodian, say: Log) -> NoReturn:
    wait = 0.1
    while True:
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as db:
                say("ready", public_key=own.public_key)
                wait = 0.1
                _serve(db, duties, own)
        except psycopg.Error as error:
            away = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
            event = "database.away" if away else "database.refused"
            say(event, kind=type(error).__name__, state=error.sqlstate or "")
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _stop(*_: object) -> None:
    raise Stop


def main(arguments: list[str]) -> int:
    """Serve until told to stop; 2 when it must not start."""
    if len(arguments) != 1 or arguments[0] not in NAMES:
        print("Usage: python -m jangteo.interfaces.custodian platform|audit", file=sys.stderr)
        return 2
    say = Log(arguments[0])
    logging.basicConfig(handlers=[Libraries(say)], level=logging.WARNING)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        own, folder = _open(arguments[0], say)
        _keep_serving(os.environ["DATABASE_URL"], Duties(own, folder, say), own, say)
    except Stop:
        say("stopped")
        return 0
    except Fault as fault:
        say("refused.start", message=str(fault))
        print(fault, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
