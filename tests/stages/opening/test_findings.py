"""Exclusions, failed tenders, void envelopes, commitments that do not hold, a verifier's no."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.ground.errors import Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import history, now
from jangteo.records.message.queries import inbox
from jangteo.records.vault.models import Seed
from jangteo.stages.opening import jobs, queries
from jangteo.stages.opening.models import OpenedBid, PreliminaryPrice, Result
from jangteo.stages.tender.queries import notice
from tests.market import bidder
from tests.stages.opening.ceremony import Ceremony, pairs
from tests.stages.opening.examples import ONE, ONE_COUNTS, ONE_RATES

Begin = Callable[..., Ceremony]
#: picks add up to the counts of EX-1, and one excluded bidder more for number 12 and 15
AMOUNTS = [128_646_600 + 1_000 * n for n in range(23)]


def test_excluded_picks_show_but_do_not_choose(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all(zip(AMOUNTS, pairs(ONE_COUNTS), strict=True))
    surplus = made.receive_all([(128_000_000 + n, (8, 1)) for n in range(4)])
    made.prepare()
    for who in surplus:
        made.exclude(who, note="면허가 취소되었습니다.")
    made.ask()
    made.custodians()
    made.hold()
    found = queries.result(made.number)
    picked = {p.number: p.picked for p in found.prices}
    assert (picked[8], picked[1]) == (ONE_COUNTS[7] + 4, ONE_COUNTS[0] + 4)
    assert tuple(p.counted for p in found.prices) == ONE_COUNTS
    assert {p.number for p in found.prices if p.drawn} == {5, 7, 11, 3}
    assert found.reserve_price == 141_804_150
    excluded = [bid for bid in found.bids if bid.remark == "excluded"]
    assert [bid.rank for bid in excluded] == [0, 0, 0, 0]
    assert {bid.supplier_id for bid in excluded} == {who.party.pk for who in surplus}
    assert found.ranked[0].amount == 128_646_600
    assert len(found.exclusions) == 4
    mine = queries.my_result(surplus[0].actor(), made.number)
    assert mine.law == "지방계약법 시행규칙 제42조제1호"
    assert mine.params["note"] == "면허가 취소되었습니다."


def test_too_few_fail_without_a_key_or_a_price_read(begin: Begin) -> None:
    made = begin(**ONE)
    who = made.receive_all([(128_000_000, (1, 2)), (129_000_000, (3, 4))])
    made.prepare()
    made.exclude(who[1])
    made.close()
    state = queries.opening_state(made.agency.opening, made.number, at=now())
    listed = [(task.label, task.state) for task in queries.steps(state, at=now())]
    assert listed == [
        ("Prepare the opening", "done"), ("Exclude bids that the law makes void", "done"),
        ("Close the set of envelopes", "done"),
    ]  # fmt: skip
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("failed", "opening.failed.too_few")
    assert found.law == "지방계약법 시행령 제12조"
    assert (found.bids, found.prices, found.reserve_price) == ((), (), None)
    assert found.rates_from == "none"
    assert (OpenedBid.objects.count(), PreliminaryPrice.objects.count()) == (0, 0)
    data, _ = queries.bundle(Actor.anyone(), made.number)
    assert b'"releases":[]' in data
    assert notice(made.number).status == "unsuccessful"


def test_no_bid_at_all_fails_under_the_national_article(begin: Begin) -> None:
    made = begin(regime="national", **{**ONE, "range_low": "-2", "range_high": "2"})
    made.prepare()
    made.close()
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.law, found.count) == ("failed", "국가계약법 시행령 제11조", 0)


def test_none_inside_the_limits_fails_with_all_its_figures(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all([(100_000_000, (5, 7)), (160_000_000, (11, 3))])
    made.open()
    found = queries.result(made.number)
    assert (found.outcome, found.law) == ("failed", "지방계약법 시행령 제19조제1항")
    assert found.reserve_price == 141_804_150
    assert sorted(bid.remark for bid in found.bids) == ["above_reserve", "below_floor"]
    assert notice(made.number).status == "unsuccessful"
    mine = queries.my_result(made.bidders[0].actor(), made.number)
    assert mine.params["under"] == found.floor_price - 100_000_000


def test_a_tampered_envelope_is_void_by_its_check_and_the_others_count(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    bad = made.receive((120_000_000, (1, 2)), spoil="body")
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.open()
    found = queries.result(made.number)
    void = next(bid for bid in found.bids if bid.supplier_id == bad.party.pk)
    assert (void.remark, void.check, void.rank, void.amount) == ("void", "V07", 0, None)
    assert [bid.amount for bid in found.ranked] == [130_000_000, 131_000_000]
    assert sum(p.picked for p in found.prices) == 4
    mine = queries.my_result(bad.actor(), made.number)
    assert (mine.params["check"], mine.law) == ("V07", "지방계약법 시행규칙 제42조")


def test_one_left_after_a_void_envelope_fails_without_a_draw(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive((120_000_000, (1, 2)), spoil="body")
    good = made.receive((130_000_000, (5, 7)))
    made.open()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("failed", "opening.failed.too_few_opened")
    assert (found.prices, found.reserve_price) == ((), None)
    assert {bid.remark for bid in found.bids} == {"void", "unranked"}
    assert queries.my_result(good.actor(), made.number).text == found.sentence


def test_a_seed_that_is_not_as_committed_puts_all_on_hold(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    change_commitment(made)
    made.open()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("hold", "opening.hold.seed")
    assert (found.bids, found.prices, found.reserve_price) == ((), (), None)
    assert (OpenedBid.objects.count(), PreliminaryPrice.objects.count()) == (0, 0)
    assert notice(made.number).status == "hold"
    assert made.hold().pk == Result.objects.get().pk
    with pytest.raises(Refusal) as caught:
        queries.bundle(Actor.anyone(), made.number)
    assert caught.value.status == 403


def change_commitment(made: Ceremony) -> None:
    """What a dishonest keeper of the database might do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("alter table jangteo_vault_seed disable trigger unchanged")
    Seed.objects.filter(scope=made.notice.scope, maker="agency").update(commitment="0" * 64)


def test_a_bid_that_appears_after_the_closing_puts_all_on_hold(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.prepare()
    made.ask()
    made.custodians()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.receive((125_000_000, (5, 7)))
    with connection.cursor() as cursor:  # as whoever owns the tables could
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "alter table jangteo_bid_sealedbid disable trigger jangteo_bid_arrived_in_time"
        )
    made.receive((125_000_000, (5, 7)))
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("hold", "opening.hold.set_changed")
    assert OpenedBid.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "said", "outcome"), [(0, "same", "published"), (1, "different", "hold")]
)
def test_the_verifier_decides_whether_it_is_published(
    begin: Begin, tmp_path: Path, settings: object, code: int, said: str, outcome: str
) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    (tmp_path / "verifier").mkdir()
    script = tmp_path / "verifier" / "jangteo_verify.py"
    script.write_text(
        "import json, sys\n"
        "whole = json.load(open(sys.argv[-1]))\n"
        f"print(json.dumps({{'result': {said!r}}}))\n"
        f"sys.exit({code} if whole['reserve_price'] == 141804150 else 9)\n"
    )
    settings.ROOT = tmp_path  # type: ignore[attr-defined]
    made.open()
    found = queries.result(made.number)
    assert found.outcome == outcome
    assert found.verified == said
    assert OpenedBid.objects.count() == (2 if code == 0 else 0)


def test_every_bidder_is_told_once(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    who = made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.open()
    fact = next(f for f in history(tender=made.number) if f.kind == "opening.publish")
    for listener in jobs.LISTENERS[fact.kind] * 2:
        listener(fact)
    for one in who:
        told = [m for m in inbox(one.party.pk) if m.link.endswith("/result")]
        assert [m.params["title"] for m in told] == [made.notice.title]
    assert inbox(bidder().party.pk) == []


def test_a_loser_reads_why_in_one_sentence(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    who = made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.open()
    first = queries.my_result(who[0].actor(), made.number)
    second = queries.my_result(who[1].actor(), made.number)
    assert first.text.startswith("You are first in rank")
    assert (second.params["rank"], second.params["gap"]) == (2, 1_000_000)
    assert second.params["first"] == who[0].party.name
    assert queries.my_result(bidder().actor(), made.number).bid is None
