"""In whatever order the bids of a case stand, its answer is the same, and is JSON."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.rules.award.case import TABLES
from jangteo.rules.award.figures import answer
from tests.rules.test_figures import _bids as bids_of
from tests.rules.test_figures import _case as case_of

AMOUNTS = st.lists(st.integers(880, 1010), min_size=2, max_size=12)


@settings(max_examples=60)
@given(AMOUNTS, st.sampled_from(sorted(TABLES)), st.randoms(use_true_random=False))
def test_the_order_of_bids_never_matters_and_an_answer_is_json(
    amounts: list[int], method: str, chance: Any
) -> None:
    more = {"technical": "80", "qualified": 1, "price_score": "40", "capability": "30"}
    bids = bids_of(*amounts, social="5", **more)
    shuffled = list(bids)
    chance.shuffle(shuffled)
    case = case_of(method, bids, category="works" if method == "qualification" else "goods",
                   floor_rate="89.745")  # fmt: skip
    found = answer(case)
    assert found == answer({**case, "bids": shuffled})
    assert json.loads(json.dumps(found)) == found
    ranked = [one for one in found["bids"] if one["rank"]]
    assert (found["outcome"] == "opened") == bool(ranked)
    assert bool(found["chosen"]) == bool(ranked)
