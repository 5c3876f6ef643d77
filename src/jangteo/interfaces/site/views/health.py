"""Liveness and readiness for supervisors and load balancers, as JSON."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from jangteo.records.journal.queries import now, waiting_since
from jangteo.records.vault.queries import silent_custodians

LAG = timedelta(seconds=10)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: this process answers. `?ready=1` asks for readiness instead."""
    return readyz(request) if request.GET.get("ready") else JsonResponse({"live": True})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: 200 when every check holds, else 503 naming those that do not."""
    checks = {name: _answer(check) for name, check in CHECKS.items()}
    ready = all(found["ok"] for found in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _answer(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return check()
    except (DatabaseError, ImproperlyConfigured) as error:
        return {"ok": False, "said": type(error).__name__}


def _database() -> dict[str, Any]:
    return {"ok": True, "time": now().isoformat()}


def _migrations() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"ok": not missing, "missing": len(missing)}


def _custodians() -> dict[str, Any]:
    silent = silent_custodians()
    return {"ok": not silent, "silent": silent}


def _sequencer() -> dict[str, Any]:
    """How long the oldest fact has waited for its place in chain and log."""
    oldest = waiting_since()
    lag = now() - oldest if oldest else timedelta(0)
    return {"ok": lag <= LAG, "lag_seconds": round(lag / timedelta(seconds=1), 1)}


CHECKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "migrations": _migrations,
    "custodians": _custodians,
    "sequencer": _sequencer,
}
