"""What every test may use: a database server, translations, static files, a running system."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from xdist.scheduler import LoadScopeScheduling

from jangteo.config import browser, machine, secrets, start
from jangteo.config.cluster import Cluster
from jangteo.config.database import NAME
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.ui import strict
from tests.committed import committed, left_behind, migrated, served, would_commit

__all__ = ["committed", "migrated", "served"]

TESTS = Path(__file__).parent
# how fast a busy machine makes examples says nothing about what is tested
properties.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("suite")
#: Floors whose tests show no page and so need no browser packages.
PAGELESS = {"ground", "rules", "architecture", "config", "docs"}
#: Folders whose tests share one running system.
TOGETHER = ("tests/journeys/", "tests/promises/")
#: Where the database server that somebody named for the tests stands for the running systems.
GIVEN = "JANGTEO_TEST_DATABASE_URL"


def server_for(name: str) -> str:
    """A database of its own on the named server, "" for an embedded server."""
    given, worker = os.environ.get(GIVEN), os.environ.get("PYTEST_XDIST_WORKER", "alone")
    place = f"/jangteo_{name}_{worker}"
    return urlunsplit(urlsplit(given)._replace(path=place)) if given else ""


def pytest_configure(config: pytest.Config) -> None:
    """A practice world with Korean and secrets; one server for all workers where there are some."""
    os.environ.setdefault("JANGTEO_SANDBOX", "1")
    os.environ["JANGTEO_STRICT"] = "1"  # for the running systems, too
    settings.SANDBOX = os.environ["JANGTEO_SANDBOX"] == "1"
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = strict.Missing()
    if hasattr(config, "workerinput"):
        return
    secrets.make(machine.var() / "secrets")
    start.make_korean()
    if "DATABASE_URL" in os.environ:
        os.environ[GIVEN] = os.environ["DATABASE_URL"]
    elif getattr(config.option, "numprocesses", None):
        cluster = _cluster(Path(tempfile.mkdtemp(prefix="jangteo-test-")))
        os.environ["DATABASE_URL"] = cluster.url(NAME)
        config.add_cleanup(cluster.stop)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever commits takes a database of its own, so that no test meets what another left."""
    for item in items:
        if would_commit(item):
            raise pytest.UsageError(
                f"{item.nodeid} would commit to the database that all tests share:"
                " take `committed`, or `served` with a browser (tests/committed.py)"
            )


@pytest.fixture(scope="module", autouse=True)
def as_found(django_db_blocker: Any) -> Iterator[None]:
    """A file leaves the shared database and the environment as it found them."""
    environment = _environment()
    yield
    assert _environment() == environment
    if str(connection.settings_dict["NAME"]).startswith("test_"):
        with django_db_blocker.unblock():
            assert left_behind() == set()


@pytest.fixture(autouse=True)
def nobody_before() -> Iterator[None]:
    """No language of another test's reader, and no failed sign-ins of its people."""
    yield
    translation.deactivate()
    cache.clear()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


class OneSystemAWorker(LoadScopeScheduling):
    """Files are dealt out whole, and what shares one running system goes to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::")[0]
        return next((folder for folder in TOGETHER if path.startswith(folder)), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneSystemAWorker:
    """Where there are several workers."""
    return OneSystemAWorker(config, log)


def _cluster(folder: Path) -> Cluster:
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres", password="test", log=folder / "log", durable=False)
    cluster.start()
    return cluster


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """A database server of our own for this session, unless DATABASE_URL names one."""
    if "DATABASE_URL" in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="jangteo-test-") as folder:
        cluster = _cluster(Path(folder))
        settings.DATABASES["default"].update(
            HOST="127.0.0.1", PORT=str(cluster.port), USER="jangteo", PASSWORD="test"
        )
        yield
        cluster.stop()


@pytest.fixture(scope="session", autouse=True)
def pages(request: pytest.FixtureRequest) -> None:
    """Browser packages and static files, once, when a test of this session may show a page."""
    floors = {item.path.relative_to(TESTS).parts[0] for item in request.session.items}
    if floors - PAGELESS:
        with (machine.var() / "pages.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # one worker at a time
            browser.install()
            start.collect_static()


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The running system with its practice world, for journeys and promises."""
    with tempfile.TemporaryDirectory(prefix="jangteo-stack-") as folder:
        Path(folder).chmod(0o755)
        with Stack(Path(folder), world=True, database_url=server_for("stack")) as running:
            yield running
