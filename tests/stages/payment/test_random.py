"""Random trees and random answers: only what sums passes; no won is made, lost or sent twice."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.exchange.models import Exchange
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of
from jangteo.stages.contract.models import Contract
from jangteo.stages.payment import actions, jobs
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries import LeafGiven
from tests.stages.payment.street import (
    AT,
    Street,
    answer,
    lose,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db
QUIET = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
WON = 5_000_000
amounts = st.integers(-2, WON) | st.sampled_from([0, 1, WON, 10**15 + 1])


def tree(here: Street, parts: list[tuple[str, int]]) -> list[LeafGiven]:
    subs = here.subs
    made = {
        "prime": lambda won: prime(won),
        "sub": lambda won: under(subs[0], won),
        "hand": lambda won: worker(won, sub=subs[0]),
        "other": lambda won: under(subs[1], won),
        "worker": lambda won: worker(won),
    }
    return [made[kind](won) for kind, won in parts]


@QUIET
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(["prime", "sub", "hand", "other", "worker"]), amounts),
        min_size=1, max_size=6,
    ),
    off=st.sampled_from([0, 0, 0, 1, -1, WON]),
)  # fmt: skip
def test_only_trees_that_sum_within_every_bound_are_accepted(
    parts: list[tuple[str, int]], off: int
) -> None:
    here = street(accepted=WON)
    here.hire(2_000_000)
    here.hire(3_000_000)
    total = sum(won for _, won in parts)
    branch = Counter({"one": 0, "two": 0})
    for kind, won in parts:
        branch[{"sub": "one", "hand": "one", "other": "two"}.get(kind, "own")] += won
    sound = (
        off == 0
        and all(won > 0 for _, won in parts)
        and 0 < total <= WON
        and branch["one"] <= 2_000_000
        and branch["two"] <= 3_000_000
    )
    try:
        claim = here.file(tree(here, parts), amount=total + off)
    except (Refusal, Refusals):
        assert not sound
        assert not Claim.objects.filter(contract=here.contract).exists()
        return
    assert sound
    assert sum(leaf.amount for leaf in claim.leaves.all()) == claim.amount == total


STEPS = ("send", "lose", "finish", "wrong", "reject", "again", "correct", "late")


def step(here: Street, claim: Claim, position: int, what: str) -> None:
    """One thing that may happen to a leaf's last message, if it can happen to it now."""
    row = Leaf.objects.get(claim=claim, position=position)
    key = f"{claim.number}-{position}-{row.attempt}"
    told = Exchange.objects.filter(key=key).first()
    if what == "correct":
        if row.status == "bounced":
            actions.correct_account(
                by=here.who("claimant"), at=AT, number=claim.number, position=position,
                bank="004", account=f"{10**9 + row.attempt}",
            )  # fmt: skip
        return
    if what in ("again", "late"):
        facts = [fact_of(e) for e in Entry.objects.filter(kind__startswith="exchange.")]
        heard = [
            f for f in facts if f.kind in ("exchange.finish", "exchange.reject", "exchange.lose")
        ]
        for fact in heard if what == "again" else reversed(heard):
            jobs.hear_answer(fact)
        return
    if told is None or told.status in ("done", "rejected"):
        return
    if what == "lose" and told.status != "unknown":
        lose(key)
    elif what == "finish":
        answer(key)
    elif what == "wrong" and position == 3:
        answer(key, amount=row.amount - 1)
    elif what == "reject":
        reject(key)


@QUIET
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 3)), max_size=25))
def test_no_won_is_made_lost_or_sent_twice_whatever_is_answered(
    happenings: list[tuple[str, int]],
) -> None:
    here = street()
    here.accept(WON, kind="completion")
    claim = here.instructed([prime(3_000_000), worker(1_500_000), worker(500_000)])
    for what, position in happenings:
        step(here, claim, position, what)
        holds(claim)
    settled = not Leaf.objects.filter(claim=claim, finding__contains="≠").exists()
    for position in (1, 2, 3) if settled else ():
        while Leaf.objects.get(claim=claim, position=position).status != "credited":
            step(here, claim, position, "correct")
            step(here, claim, position, "finish")
    holds(claim)
    claim.refresh_from_db()
    assert (claim.status == "paid") == settled
    assert (Contract.objects.get(pk=here.contract.pk).status == "completed") == settled


def holds(claim: Claim) -> None:
    """What must be true at every moment of a claim's way."""
    leaves = list(Leaf.objects.filter(claim=claim))
    told = Exchange.objects.filter(about=claim.subject, question="Transfer")
    done: Counter[str] = Counter()
    open_or_done: Counter[str] = Counter()
    for row in told:
        leaf = row.key.rsplit("-", 1)[0]
        done[leaf] += row.status == "done"
        open_or_done[leaf] += row.status != "rejected"
    facts = Entry.objects.filter(subject=claim.subject)
    credited = facts.filter(kind="leaf.credit").values_list("payload__position", flat=True)
    assert sum(leaf.amount for leaf in leaves) == claim.amount == WON
    for leaf in leaves:
        name = f"{claim.number}-{leaf.position}"
        assert open_or_done[name] <= 1, "never two messages that may both move the money"
        assert (leaf.status == "credited") == (list(credited).count(leaf.position) == 1)
        if leaf.status == "credited":
            assert done[name] == 1
    state: Any = Claim.objects.get(pk=claim.pk).status
    assert (state == "paid") == all(leaf.status == "credited" for leaf in leaves)
    assert facts.filter(kind="claim.pay").count() == (state == "paid")
