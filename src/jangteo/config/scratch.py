"""A database server of one's own with one migrated practice database, thrown away afterwards."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from jangteo.config import rights, secrets
from jangteo.config.cluster import Cluster


@contextlib.contextmanager
def scratch(name: str) -> Iterator[Cluster]:
    """A migrated database `name` with its roles, which Django uses; JANGTEO_VAR is its folder."""
    with tempfile.TemporaryDirectory(prefix=f"jangteo-{name}-") as folder:
        var = Path(folder)
        var.chmod(0o755)
        secrets.make(var / "secrets")
        cluster = Cluster(
            var / "postgres", password=secrets.read(var / "secrets", "postgres"),
            log=var / "postgres.log", durable=False,
        )  # fmt: skip
        cluster.start()
        try:
            _migrated(cluster, var, name)
            yield cluster
        finally:
            cluster.stop()


def _migrated(cluster: Cluster, var: Path, name: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute(f'create database "{name}"'.encode())
    os.environ.update(
        DATABASE_URL=cluster.url(name), JANGTEO_VAR=str(var), JANGTEO_SANDBOX="1",
        DJANGO_SETTINGS_MODULE="jangteo.config.settings",
    )  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    words = {role: secrets.read(var / "secrets", f"role_{role}") for role in rights.ROLES}
    with psycopg.connect(cluster.url(name)) as owner:
        rights.apply(owner, words, rights.insert_only_tables())
