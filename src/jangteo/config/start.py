"""What `./jangteo up` does, step by step; each step is skipped when nothing of it has changed."""

import contextlib
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jangteo.config import (
    browser,
    database,
    machine,
    practice,
    processes,
    secrets,
    supervisor,
    tls,
    translations,
)  # fmt: skip
from jangteo.config.cluster import Cluster
from jangteo.config.machine import Trouble
from jangteo.config.processes import Doors

NEEDED_MB = 500


@dataclass(frozen=True, slots=True)
class Wishes:
    """host: another address than this machine's own, then with TLS; start: the sandbox clock's."""

    host: str = ""
    port: int = 8400
    start: datetime | None = None
    world: bool = True
    durable: bool = True


def run(wishes: Wishes) -> int:
    """Start everything, stay until asked to stop, stop everything."""
    host = wishes.host or "127.0.0.1"
    with _alone():
        check_ports(host, wishes.port)
        _check_space()
        guard = supervisor.Supervisor(machine.var() / "log", say)
        guard.catch_signals()
        practice.clear_half_made()
        secrets.make(machine.var() / "secrets")
        (machine.var() / "log").mkdir(exist_ok=True)
        with _step("browser packages"):
            browser.install()
        doors = _doors(wishes, host)
        with _database(wishes) as (owner, watch):
            secrets.write(machine.var() / "secrets" / "owner_url", owner)
            if not guard.stopping:
                _prepare(owner, doors, wishes)
            if not guard.stopping:
                return _serve(guard, owner, doors, wishes, watch)
    return 0


def say(line: str) -> None:
    """One line of progress, at once."""
    print(f"  {line}", flush=True)


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    if took > 0.3:
        say(f"{name} ({took:.1f} s)")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Only one Jangteo runs from a folder; the lock goes with the process, however it ends."""
    folder = machine.var()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(
                f"Jangteo already runs from {folder}; stop it with Ctrl-C where it was started, "
                "or set JANGTEO_VAR to another folder."
            ) from None
        yield
        (folder / "running.json").unlink(missing_ok=True)


def check_ports(host: str, port: int) -> None:
    """All doors must be free before anything is made."""
    partners = [("127.0.0.1", port + 2)] if machine.sandbox() else []
    for place, number in [(host, port), (host, port + 1), *partners]:
        family = socket.AF_INET6 if ":" in place else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((place, number))
            except OSError as error:
                raise Trouble(_port_sentence(place, port, number, error)) from None


def _port_sentence(host: str, port: int, number: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == 99:
        return f"{host} is no address of this machine; give --host an address that it has."
    if error.errno == 13:
        return f"Port {number} needs more rights; choose one above 1024, e.g. --port 8400."
    other = port + 100 if port < 60000 else 8500
    return f"Port {number} is taken by another program; choose another, e.g. --port {other}."


def _check_space() -> None:
    place = os.statvfs(machine.var())
    if place.f_bavail * place.f_frsize < NEEDED_MB * 1_000_000:
        raise Trouble(
            f"The disk of {machine.var()} is full; free at least {NEEDED_MB} MB and start again."
        )


def _doors(wishes: Wishes, host: str) -> Doors:
    if not wishes.host:
        return Doors(host, wishes.port)
    certificate, key = tls.certificate(machine.var() / "tls", host)
    return Doors(host, wishes.port, certificate, key)


@contextlib.contextmanager
def _database(wishes: Wishes) -> Iterator[tuple[str, Callable[[], None]]]:
    """(the owner's address, a look that starts our own server again when it has crashed)."""
    given = os.environ.get("DATABASE_URL")
    if given:
        database.reach(given)
        yield given, lambda: None
        return
    cluster = Cluster(
        machine.var() / "postgres",
        password=secrets.read(machine.var() / "secrets", "postgres"),
        log=machine.var() / "log" / "postgres.log",
        durable=wishes.durable,
    )

    def watch() -> None:
        if not cluster.alive():
            say(f"The database ended by itself; it is started again (its log: {cluster.log})")
            cluster.revive()

    try:
        with _step("PostgreSQL"):
            cluster.start()
            database.reach(cluster.url(database.NAME))
        yield cluster.url(database.NAME), watch
    finally:
        cluster.stop()


def _prepare(owner: str, doors: Doors, wishes: Wishes) -> None:
    os.environ.update(processes.environment(doors, owner))
    with _step("tables and rights"):
        database.prepare(
            owner, start=lambda: practice.first_moment(wishes.start, world=wishes.world)
        )
    with _step("Korean"):
        make_korean()
    with _step("styles and scripts"):
        collect_static()


def make_korean() -> None:
    """Compile the translations into var/locale."""
    mark = machine.digest(translations.KOREAN.glob("*.po"))
    with machine.one_at_a_time(machine.var() / "locale") as folder:
        if not machine.is_made(folder, mark):
            folder.mkdir(exist_ok=True)
            translations.compile_to(folder)
            machine.set_made(folder, mark)


def collect_static() -> None:
    """Gather styles, scripts and fonts under hashed names into var/static."""
    own = [path for path in machine.SOURCE.glob("**/static/**/*") if path.is_file()]
    code = [*(machine.SOURCE / "ui").glob("*.py"), browser.LOCK]
    mark = machine.digest([*own, *code])
    with machine.one_at_a_time(machine.var() / "static") as folder:
        if machine.is_made(folder, mark):
            return
        import django
        from django.core.management import call_command

        django.setup()
        folder.mkdir(exist_ok=True)  # a link to it may stand in another folder before it does
        call_command("collectstatic", interactive=False, verbosity=0)
        machine.set_made(folder, mark)


def _serve(
    guard: supervisor.Supervisor,
    owner: str,
    doors: Doors,
    wishes: Wishes,
    watch: Callable[[], None],
) -> int:
    try:
        if machine.sandbox():
            say("custodians run under this one user: for practice only")
        else:
            say("custodians are to be started by their own users; none is started here")
        guard.start(processes.table(doors, owner))
        machine.write_running(pid=os.getpid(), site=doors.site, intake=doors.intake)
        if wishes.world and machine.sandbox() and not guard.stopping and database.is_empty(owner):
            say("practice world … (once)")
            with _step("practice world"):
                practice.load(processes.environment(doors, owner), lambda: guard.stopping)
        if not guard.stopping:
            _greet(doors)
        guard.run(watch)
    finally:
        (machine.var() / "running.json").unlink(missing_ok=True)
        guard.stop()
    print("Jangteo has stopped; everything it wrote is kept.", flush=True)
    return 0


def _greet(doors: Doors) -> None:
    print(f"\nJangteo runs at {doors.site}   (Ctrl-C stops it)", flush=True)
    if doors.certificate:
        print(
            f"Other devices must trust {doors.certificate}: copy it there and add it to the "
            "browser's certificate authorities, then open the address above.",
            flush=True,
        )
