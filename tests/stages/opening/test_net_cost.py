"""Works below 98 % of their net cost are not ranked, and everybody is told why."""

import json
from collections.abc import Callable

from jangteo.config.commands import explain
from jangteo.interfaces.rehearsal.engines.changes import found, write
from jangteo.records.account.queries import Actor
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.api.ceremony import result_of
from tests.stages.opening.ceremony import Ceremony, pairs
from tests.stages.opening.examples import ONE, ONE_COUNTS, ONE_RATES

Begin = Callable[..., Ceremony]
#: 134,533,300 × 141,804,150 ÷ 141,614,000 is 134,713,942.5: 134,713,943, and 98 % of it
NET, LINE = 134_713_943, 132_019_665


def opened(begin: Begin, amounts: list[int], **terms: int) -> Ceremony:
    """EX-1 with a net cost of 95 % of the base amount; its floor price is 127,262,135."""
    made = begin(rates=ONE_RATES, **ONE | {"base_net_cost": 134_533_300} | terms)
    picks = pairs(ONE_COUNTS)
    more = range(140_000_000, 140_000_000 + len(picks) - len(amounts))
    made.receive_all(zip([*amounts, *more], picks, strict=True))
    made.open()
    return made


def test_a_bid_below_the_line_is_not_ranked_and_one_on_it_is_first(begin: Begin) -> None:
    made = opened(begin, [LINE - 1, LINE, 127_262_135, 127_262_134])
    result = queries.result(made.number)
    assert (result.reserve_price, result.floor_price) == (141_804_150, 127_262_135)
    assert (result.outcome, result.verified, result.net_cost_line) == ("published", "same", LINE)
    bids = {bid.amount: bid for bid in result.bids}
    assert [(bids[n].rank, bids[n].remark) for n in (LINE, LINE - 1, 127_262_135)] == [
        (1, "normal"), (0, "below_net_cost"), (0, "below_net_cost"),
    ]  # fmt: skip
    assert (bids[127_262_134].rank, bids[127_262_134].remark) == (0, "below_floor")
    (why,) = bids[LINE - 1].reasons
    assert (why["law"], why["row"]) == ("지방계약법 제13조제4항", "price/net_cost:local-2023-07-12")
    agent = Actor(None, "", party_id=bids[LINE - 1].supplier_id)
    mine = queries.my_result(agent, made.number)
    assert (mine.law, mine.params["line"], mine.params["under"]) == (
        "지방계약법 제13조제4항", LINE, 1,
    )  # fmt: skip
    (again,) = [actions.again(one) for one in actions.opened_tenders()]
    assert (list(again.differences()), again.now.net_cost_line) == ([], LINE)
    one, other = queries.two_results(made.number, bids[LINE].supplier_id)
    assert one == other != ""
    told = "\n".join(
        explain.lines(*[json.loads(json.dumps(result_of(made.number), default=str))] * 2)
    )
    assert f"Net-cost line: {LINE:,}" in told
    assert "price/net_cost:local-2023-07-12" in told


def test_the_verifier_finds_the_line_by_itself(begin: Begin) -> None:
    made = opened(begin, [LINE - 1, LINE])
    data, _ = queries.bundle(Actor.anyone(), made.number)
    whole = json.loads(data)
    assert (whole["net_cost"], whole["net_cost_line"]) == (NET, LINE)
    assert whole["rules"]["price/net_cost"]["values"] == {"percent": "98"}
    assert found(data) == []
    key = next(one["hash"] for one in whole["opened"] if one["amount"] == LINE - 1)

    def forged(**change: object) -> list[str]:
        return found(write(whole | change))

    assert forged(net_cost_line=LINE + 1) == ["V15"]
    assert forged(net_cost=NET - 1) == ["V15"]
    notice = whole["notice"]
    assert "V15" in forged(notice=notice | {"base_net_cost": notice["base_net_cost"] - 1_000})
    bare = {name: value for name, value in notice.items() if name != "base_net_cost"}
    assert forged(notice=bare) == ["V15", "V16"]
    rules = {name: row for name, row in whole["rules"].items() if name != "price/net_cost"}
    assert forged(rules=rules) == ["V1"]
    row = whole["rules"]["price/net_cost"] | {"values": {"percent": "97"}}
    assert forged(rules=rules | {"price/net_cost": row}) == ["V2"]
    gone = {name: value for name, value in whole.items() if name[:8] != "net_cost"}
    assert found(write(gone | {"rules": rules})) == ["V15"]
    ranking = [
        one | ({"remark": "normal", "rank": 1} if one["hash"] == key else {})
        for one in whole["ranking"]
    ]
    assert forged(ranking=ranking) == ["V16"]


def test_without_a_net_cost_there_is_no_line(begin: Begin) -> None:
    made = opened(begin, [LINE - 1, 127_262_135], base_net_cost=None)
    result = queries.result(made.number)
    assert (result.net_cost_line, result.base_net_cost) == (None, None)
    assert [bid.amount for bid in result.ranked[:2]] == [127_262_135, LINE - 1]
    whole = json.loads(queries.bundle(Actor.anyone(), made.number)[0])
    assert not [name for name in (*whole, *whole["notice"], *whole["rules"]) if "net_cost" in name]
