"""A finding of a share is its custodian's own word, and none comes after the opening time."""

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.config import rights
from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.journal.queries import now
from jangteo.stages.bid import queries
from jangteo.stages.bid.models import SealedBid, ShareCheck
from tests.market import bidder, market
from tests.stages.bid.receiving import put

pytestmark = pytest.mark.django_db


def check(bid: SealedBid, custodian: str = "audit", *, sound: bool = False) -> ShareCheck:
    return ShareCheck.objects.create(
        bid=bid, custodian=custodian, sound=sound, reason="" if sound else "V04", signature=b"",
        at=now(),
    )  # fmt: skip


def test_where_custodians_have_roles_nobody_else_finds_a_bid_unsound() -> None:
    where = market()
    bid = put(where, bidder())
    connection.ensure_connection()
    raw = connection.connection
    rights.apply(raw, dict.fromkeys(rights.ROLES, "a word"), rights.insert_only_tables())
    for role in ("", "app", "custodian_platform"):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            raw.transaction(force_rollback=True),
        ):
            if role:
                name = psycopg.sql.Identifier(rights.role_name(raw.info.dbname, role))
                raw.execute(psycopg.sql.SQL("set local role {}").format(name))
            raw.execute(
                "insert into jangteo_bid_sharecheck (id, bid_id, custodian, sound, reason,"
                " signature, at) values (gen_random_uuid(), %s, 'audit', false, 'V04', '', now())",
                [bid.pk],
            )
    assert len(queries.closed_set(where.tender.number, 0)) == 1


def test_the_officer_and_strangers_check_no_shares() -> None:
    bid = put(market(), bidder())
    for name in ("officer", "nobody"):
        with pytest.raises(IntegrityError, match="no custodian"), transaction.atomic():
            check(bid, name)
    assert ShareCheck.objects.count() == 0


def test_from_the_opening_time_on_the_closed_set_is_not_thinned_out() -> None:
    where = market()
    bid, late = put(where, bidder()), put(where, bidder())
    check(bid, sound=True)
    sandbox.create(connection.connection, where.notice.opening_at)
    for sound in (True, False):
        with pytest.raises(IntegrityError, match="before the announced"), transaction.atomic():
            check(late, sound=sound)
    assert {one.id for one in queries.closed_set(where.tender.number, 0)} == {bid.pk, late.pk}
