"""No test meets what another left: what the suite's conftest refuses, and what it finds."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.journal.models import Entry
from jangteo.records.party.models import Party
from tests.committed import left_behind, would_commit
from tests.conftest import as_found
from tests.market import party


def test_rows_and_a_practice_world_that_stay_are_found(committed: str) -> None:
    assert left_behind() == set()
    party("agency", "1741000")
    sandbox.create(connection)
    assert left_behind() == {Party._meta.db_table, "sandbox"}


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_nothing() -> None:
    assert left_behind() == set()
    party("agency", "1741000")
    assert Party.objects.count() == 1


def test_who_would_commit_to_the_shared_database_is_refused(request: Any) -> None:
    assert not would_commit(request.node)
    request.node.add_marker(pytest.mark.django_db)
    assert not would_commit(request.node)
    request.node.add_marker(pytest.mark.django_db(transaction=True))
    assert would_commit(request.node)


@pytest.mark.parametrize("asked", ["live_server", "transactional_db"])
def test_so_is_who_takes_a_server_before_it(asked: str) -> None:
    item: Any = SimpleNamespace(iter_markers=lambda name: [], fixturenames=["db", asked])
    assert would_commit(item)


def test_a_copy_for_who_commits_opens_the_database_to_nobody_else(migrated: str) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Entry.objects.count()


def test_a_word_left_in_the_environment_is_found(
    django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = as_found.__wrapped__(django_db_blocker)
    next(found)
    monkeypatch.setenv("JANGTEO_LEFT", "1")
    with pytest.raises(AssertionError, match="JANGTEO_LEFT"):
        next(found)
