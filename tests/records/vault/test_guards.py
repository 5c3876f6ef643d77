"""What the database itself refuses, whoever asks: these tests run as its superuser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import InternalError, OperationalError, connection, transaction

from jangteo.records.journal.queries import now
from jangteo.records.numbering.queries import new_id
from jangteo.records.vault import custody, seal
from jangteo.records.vault.models import (
    Identity,
    KeyRequest,
    LotKey,
    OfficerKeyBackup,
    Release,
    ReleaseRefusal,
    ReleaseRequest,
    Seed,
)
from tests.records.vault import stored
from tests.records.vault.made import SCOPE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def at() -> datetime:
    return now()


def lots(at: datetime, deadline: datetime) -> dict[str, custody.Lot]:
    KeyRequest.objects.create(scope=SCOPE, deadline=deadline, asked_at=at)
    return {name: stored.publish_key(own, deadline, at) for name, own in stored.ONLINE.items()}


def give(lot: custody.Lot, name: str, at: datetime) -> None:
    private, signature = custody.give(stored.ONLINE[name], lot)
    Release.objects.create(
        scope=lot.scope, custodian=name, price_private=private, signature=signature, released_at=at
    )


def ask(at: datetime) -> None:
    ReleaseRequest.objects.create(scope=SCOPE, statement="{}", signatures=[], asked_at=at)


def stopped(do: Callable[..., Any], *arguments: Any, saying: str) -> None:
    with pytest.raises((OperationalError, InternalError), match=saying), transaction.atomic():
        do(*arguments)


def test_a_superuser_cannot_ask_or_release_before_the_deadline(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (True,)
    made = lots(at, at + HOUR)
    stopped(ask, at + 2 * HOUR, saying="has not passed")
    stopped(give, made["audit"], "audit", at + 2 * HOUR, saying="has not passed")
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
    stopped(ask, at + 2 * HOUR, saying="has not passed")
    stopped(give, made["audit"], "audit", at + 2 * HOUR, saying="has not passed")
    assert (ReleaseRequest.objects.count(), Release.objects.count()) == (0, 0)


def test_the_latest_of_the_signed_deadlines_counts(at: datetime) -> None:
    made = lots(at, at - HOUR)
    late = seal.make_lot_keys(scope=SCOPE, custodian="officer", deadline=at + HOUR)
    LotKey.objects.create(
        scope=SCOPE, custodian="officer", price_key="x", document_key="x", signer_key="x",
        signature="x", statement=late.statement, made_at=at,
    )  # fmt: skip
    stopped(ask, at, saying="has not passed")
    stopped(give, made["audit"], "audit", at, saying="has not passed")


def test_a_release_needs_a_key_and_a_request(at: datetime) -> None:
    made = lots(at, at - HOUR)
    stopped(give, made["audit"], "audit", at, saying="nobody asked")
    ask(at)
    give(made["audit"], "audit", at)
    other = custody.make_lot(stored.ONLINE["audit"], "R26BK00000009/1/0/000/1", at - HOUR)
    stopped(give, other, "audit", at, saying="there are no keys")
    stopped(_officer, at, saying="officer made no key")
    assert list(Release.objects.values_list("custodian", flat=True)) == ["audit"]


def _officer(at: datetime) -> None:
    Release.objects.create(
        scope=SCOPE, custodian="officer", price_private="x", signature="x", released_at=at
    )


def test_nothing_of_custody_is_ever_changed_or_removed(at: datetime) -> None:
    made = lots(at, at - HOUR)
    ask(at)
    give(made["audit"], "audit", at)
    OfficerKeyBackup.objects.create(scope=SCOPE, wrapped="x")
    Seed.objects.create(scope=SCOPE, maker="agency", sealed="x", commitment="x", made_at=at)
    ReleaseRefusal.objects.create(id=new_id(), scope=SCOPE, custodian="audit", code="x", at=at)
    models = [
        (Identity, {"public_key": "y"}), (KeyRequest, {"deadline": at + HOUR}),
        (LotKey, {"statement": "{}"}), (OfficerKeyBackup, {"wrapped": "y"}),
        (Seed, {"sealed": "y"}), (ReleaseRequest, {"statement": "y"}),
        (Release, {"price_private": "y"}), (ReleaseRefusal, {"code": "y"}),
    ]  # fmt: skip
    for model, change in models:
        count = model.objects.count()
        assert count
        stopped(lambda m=model, c=change: m.objects.update(**c), saying="never changed")
        stopped(lambda m=model: m.objects.all().delete(), saying="never changed")
        assert model.objects.count() == count
