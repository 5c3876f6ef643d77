"""The processes of one Jangteo, each with its own environment and database role."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from jangteo.config import database, machine, switchboard
from jangteo.config.machine import ROOT
from jangteo.config.supervisor import Process

SETTINGS = "jangteo.config.settings"


@dataclass(frozen=True, slots=True)
class Doors:
    """host: where the servers listen; certificate and key: files, or None without TLS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def name(self) -> str:
        """The host as it stands in an address."""
        if not self.certificate:
            return "localhost"
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def site(self) -> str:
        """Where people reach the site."""
        return f"http{'s' if self.certificate else ''}://{self.name}:{self.port}"

    @property
    def partners(self) -> int:
        """The port of a practice world's simulated partners, on loopback only."""
        return self.port + 2

    @property
    def intake(self) -> str:
        """Where browsers send sealed envelopes."""
        return f"http{'s' if self.certificate else ''}://{self.name}:{self.port + 1}"


def environment(doors: Doors, url: str) -> dict[str, str]:
    """What a process must know; url is its own way into the database."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PYTHONHOME")}
    return kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'verifier'}",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "JANGTEO_VAR": str(machine.var()),
        "JANGTEO_SANDBOX": "1" if machine.sandbox() else "0",
        "JANGTEO_SITE_URL": doors.site,
        "JANGTEO_INTAKE_URL": doors.intake,
        "JANGTEO_HOSTS": ",".join({"localhost", "127.0.0.1", doors.host, doors.name}),
        "DATABASE_URL": url,
        **(switchboard.simulated(doors.partners) if machine.sandbox() else {}),
    }


def table(doors: Doors, owner: str) -> list[Process]:
    """Every process in the order of its start. Outside a sandbox the custodians are not ours.

    A custodian belongs to another operating-system user, better another machine: only a practice
    world may run them all under one. Only a practice world has simulated partners.
    """

    def env(role: str) -> dict[str, str]:
        return environment(doors, database.role_url(owner, role))

    python = sys.executable
    custodians = [
        Process(
            f"custodian-{name}",
            [python, "-m", "jangteo.interfaces.custodian", name],
            env(f"custodian_{name}"),
        )
        for name in ("platform", "audit")
    ]
    partners = Process(
        "partners",
        [python, "-m", "jangteo.interfaces.links.simulators", str(doors.partners)],
        environment(doors, ""),
        f"http://127.0.0.1:{doors.partners}/healthz",
    )
    every = [
        *([*custodians, partners] if machine.sandbox() else []),
        Process("worker", [python, "-m", "jangteo.config.worker"], env("app")),
        Process(
            "intake",
            [python, *_intake(doors)],
            env("intake"),
            f"{doors.intake}/healthz",
            str(doors.certificate or ""),
        ),
        Process(
            "web",
            [python, *_web(doors)],
            env("app"),
            f"{doors.site}/healthz?ready=1",
            str(doors.certificate or ""),
        ),
    ]
    there = {
        "custodian": "jangteo.interfaces.custodian.__main__",
        "worker": "jangteo.config.worker",
        "intake": "jangteo.interfaces.intake.app",
    }
    return [
        process
        for process in every
        if importlib.util.find_spec(there.get(process.name.partition("-")[0], SETTINGS))
    ]


def _web(doors: Doors) -> list[str]:
    tls = ["--ssl-certificate", str(doors.certificate), "--ssl-keyfile", str(doors.key)]
    return [
        *("-m", "granian", "--interface", "wsgi", "--host", doors.host),
        *("--port", str(doors.port), "--workers", "1", "--blocking-threads", "8"),
        *("--backlog", "1024", "--no-ws", "--log-level", "error"),
        *("--workers-kill-timeout", "5"),
        *(tls if doors.certificate else []),
        "jangteo.config.wsgi:application",
    ]


def _intake(doors: Doors) -> list[str]:
    tls = [str(doors.certificate), str(doors.key)] if doors.certificate else []
    return ["-m", "jangteo.config.intake", doors.host, str(doors.port + 1), *tls]
