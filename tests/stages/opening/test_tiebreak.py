"""Equal bids draw lots at the opening, which the verifier draws by itself."""

import json
from collections.abc import Callable

from jangteo.interfaces.rehearsal.engines.changes import found, write
from jangteo.records.account.queries import Actor
from jangteo.stages.opening import queries
from tests.stages.opening.ceremony import Ceremony, pairs
from tests.stages.opening.examples import ONE, ONE_COUNTS, ONE_RATES

Begin = Callable[..., Ceremony]
LEAST = 127_262_135


def test_equal_bids_have_a_lot_that_anybody_can_draw_again(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    picks = pairs(ONE_COUNTS)
    more = range(140_000_000, 140_000_000 + len(picks) - 5)
    amounts = [LEAST, LEAST, 130_000_000, LEAST - 1, LEAST - 1, *more]
    made.receive_all(zip(amounts, picks, strict=True))
    made.open()
    result = queries.result(made.number)
    assert (result.outcome, result.verified) == ("published", "same")
    equal = [bid for bid in result.bids if bid.amount == LEAST]
    assert [bid.rank for bid in equal] == [1, 1]
    assert len({bid.tiebreak for bid in equal}) == 2
    first, second = sorted(equal, key=lambda bid: bid.tiebreak)
    for place, bid in ((1, first), (2, second)):
        assert [why["code"] for why in bid.reasons] == [
            "award.ranking.normal", "award.ranking.shared", "award.tiebreak.place",
        ]  # fmt: skip
        told = bid.reasons[-1]["params"]
        assert told == {"place": place, "equals": 2, "number": bid.tiebreak}
        one, other = queries.two_results(made.number, bid.supplier_id)
        assert one == other != ""
    assert {bid.tiebreak for bid in result.bids if bid.amount != LEAST} == {""}

    data, _ = queries.bundle(Actor.anyone(), made.number)
    whole = json.loads(data)
    rows = {one["hash"]: one for one in whole["ranking"]}
    drawn = {key: one["tiebreak"] for key, one in rows.items() if "tiebreak" in one}
    assert drawn == {bid.hash: bid.tiebreak for bid in equal}
    rows[first.hash]["tiebreak"], rows[second.hash]["tiebreak"] = second.tiebreak, first.tiebreak
    assert found(write(whole))
    del rows[first.hash]["tiebreak"]
    rows[second.hash]["tiebreak"] = second.tiebreak
    assert found(write(whole))
    rows[first.hash]["tiebreak"] = first.tiebreak
    assert not found(write(whole))
    alone = next(key for key in rows if key not in drawn)
    rows[alone]["tiebreak"] = first.tiebreak
    assert found(write(whole))
