"""Before the opening no amount and no pick stands anywhere, in no encoding."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.play import SealedPrice
from tests.promises.place import Notice, Place
from tests.promises.search import dump, encodings, files, hits, pages, plainest

BASE = 2_000_000_000
#: Amounts that stand nowhere by chance; the first is a valid bid and fits into four bytes.
CANARIES = {
    1_876_543_217: (3, 14),
    1_987_654_321: (2, 13),
    123_456_789_013: (7, 11),
    987_654_321_017: (5, 12),
    314_159_265_359: (1, 15),
    27_182_818_284_591: (4, 9),
    998_877_665_544_331: (6, 8),
}
PLANTED = 746_318_529_047
PICKS = re.compile(rb"\bpicks?\b\W{0,8}\d")


def needles() -> dict[str, bytes]:
    return {
        f"{amount} as {name}": data
        for amount, picks in CANARIES.items()
        for name, data in encodings(amount, picks).items()
    }


def everything(place: Place) -> Iterator[tuple[str, bytes]]:
    """All rows, all files but the database's own."""
    with place.connect() as db:
        yield from dump(db)
    yield from files(place.stack.var, leave=("postgres/",))


def raw_database(place: Place) -> Iterator[tuple[str, bytes]]:
    """The database's own files with its journal of writes, after everything was written out."""
    with place.connect() as db:
        db.execute("checkpoint")
    yield from pages((place.stack.var / "postgres").resolve() / "data")


def bid(place: Place) -> Notice:
    notice = place.publish(base=BASE)
    bids = [
        SealedPrice(supplier, amount, picks)
        for supplier, (amount, picks) in zip(place.suppliers, CANARIES.items(), strict=False)
    ]
    receipts = play.send_bids(place.doors, notice.number, bids)
    assert len({one["hash"] for one in receipts}) == len(CANARIES)
    place.settle()
    return notice


@pytest.mark.timeout(240)
def test_no_amount_is_found_before_the_opening_and_all_after_it(place: Place) -> None:
    notice, wanted = bid(place), needles()
    assert len(wanted) > 500
    looked = list(everything(place))
    assert hits(looked, wanted) == []
    assert [name for name, content in looked if PICKS.search(content)] == []
    names = {name for name, _ in looked}
    assert {"table jangteo_bid_sealedbid", "jangteo_bid_sealedbid.envelope"} <= names
    assert {"log/web.log", "log/intake.log", "log/postgres.log", "up.log"} <= names
    raw = list(raw_database(place))
    assert hits(raw, plainest(wanted)) == []
    assert sum(len(content) for _, content in raw) > 10_000_000

    place.stack.forward_to(notice.deadline.replace(hour=11))
    result = play.hold_opening(place.agency, notice.number)
    assert {row["amount"]: tuple(row["picks"]) for row in result["bids"]} == CANARIES
    after = "\n".join(hits(everything(place), wanted))
    for amount in CANARIES:
        assert f"table jangteo_opening_openedbid: {amount} as decimal" in after


def plant(place: Place, way: bytes) -> None:
    with place.connect() as db:
        db.execute("create schema planted")
        db.execute("create table planted.seen (a bigint, n numeric, t text, j jsonb, b bytea)")
        db.execute(
            "insert into planted.seen values (%(n)s, %(n)s, %(n)s::text, to_jsonb(%(n)s), %(way)s)",
            {"n": PLANTED, "way": way},
        )


def test_the_search_finds_what_is_planted_in_every_encoding(place: Place, tmp_path: Path) -> None:
    for name, data in encodings(PLANTED, (2, 9)).items():
        (tmp_path / "planted.log").write_bytes(b'{"event": "' + data + b'"}')
        found = hits(files(tmp_path), {name: data})
        assert found == [f"planted.log: {name}"]


def test_the_search_finds_what_is_planted_in_the_database(place: Place) -> None:
    ways = {f"{PLANTED} as {name}": data for name, data in encodings(PLANTED).items()}
    plant(place, PLANTED.to_bytes(8, "little"))
    log = place.stack.var / "log" / "planted.log"
    log.write_text(f"a bid of {PLANTED:,} won\n")
    try:
        rows = hits(everything(place), ways)
        raw = hits(raw_database(place), plainest(ways))
    finally:
        log.unlink()
        with place.connect() as db:
            db.execute("drop schema planted cascade")
    assert f"table seen: {PLANTED} as decimal" in rows
    assert f"table seen: {PLANTED} as 8 bytes little, hex" in rows
    assert f"seen.b: {PLANTED} as 8 bytes little" in rows
    assert any(found.startswith("log/planted.log: ") and "grouped" in found for found in rows)
    for where, way in (
        ("base/", "8 bytes little"), ("base/", "numeric"), ("base/", "decimal"),
        ("pg_wal/", "8 bytes little"), ("pg_wal/", "decimal"),
    ):  # fmt: skip
        assert any(f.startswith(where) and f.endswith(f" as {way}") for f in raw), (where, way)
