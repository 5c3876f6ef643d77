"""The model of the state tables and the real actions agree: the same steps, the same states."""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from jangteo.ground.errors import Refusal
from jangteo.records.account.models import Membership
from jangteo.records.journal.queries import now
from jangteo.stages.award.models import Award, Examination
from tests.simulation.tables.explore import steps
from tests.simulation.tables.state import S
from tests.stages.award.opened import AT, DAY, FULL, PRICES, Opened, opened
from tests.stages.award.test_twice import planted

__all__ = ["planted"]
pytestmark = pytest.mark.django_db

NAMES = {"contract": "officer", "approver": "approver", "all": "both"}
#: verb -> what the real action is given besides who and when; {i}: the candidate
GIVEN: Mapping[str, Mapping[str, Any]] = {
    "ask_supplement": {"text": "실적증명서"},
    "pass_review": {"scores": FULL},
    "fail_review": {"ground": "disqualified", "note": "부도"},
    "ask_reopening": {"reason": "잘못 입력했습니다."},
    "refuse": {"reason": "다시 봅니다."},
    "refuse_annulment": {"reason": "그대로 둡니다."},
    "refuse_reopening": {"reason": "그대로 둡니다."},
}
OF_AWARD = (
    "propose", "confirm", "refuse", "ask_annulment", "annul", "refuse_annulment",
    "withdraw_annulment",
)  # fmt: skip
OF_CANDIDATE = (
    "ask_supplement", "pass_review", "fail_review", "ask_reopening", "reopen", "compute_again",
    "refuse_reopening", "withdraw_reopening",
)  # fmt: skip
START = S(
    tender="opened", clock=2, version=0, bids=2, opening="published", frozen=True,
    verified="same", ranked=2,
)  # fmt: skip
Step = tuple[str, str, int]


def scene() -> Opened:
    """Two bids ranked; one person more, who holds both roles."""
    here = opened(PRICES[:2])
    here.add("both", "contract_officer", here.buyer)
    account, buyer = here.people["both"]
    Membership.objects.create(
        account=account, party=buyer, role="approving_officer", since=now() - DAY
    )
    return here


def every_step() -> list[Step]:
    """(verb, who, candidate): all that anybody could try; asking to annul, 1: by a mistake."""
    found: list[Step] = [("call_next", who, 0) for who in ("system", "contract")]
    for i in (0, 1):
        found += [("submit_papers", "supplier", i), ("withdraw", "supplier", i)]
        found += [(verb, who, i) for verb in OF_CANDIDATE for who in NAMES]
        found += [("ask_annulment", who, i) for who in NAMES]
    alone = tuple(verb for verb in OF_AWARD if verb != "ask_annulment")
    return found + [(verb, who, 0) for verb in alone for who in NAMES]


def really(here: Opened, step: Step, at: Any) -> None:
    """Try it with the real action; a refusal changes nothing."""
    verb, who, i = step
    given: dict[str, Any] = dict(GIVEN.get(verb, {}))
    if verb in OF_CANDIDATE:
        given["supplier"] = here.identifier(i)
    if verb == "ask_annulment":
        given = {"cause": "formula" if i else "gave_up", "reason": "취소합니다."}
    tries: dict[str, Callable[[], Any]] = {
        "call_next": lambda: here.call(at) if who == "system" else here.do("go_on", "officer", at),
        "submit_papers": lambda: here.submit(f"bidder{i}", at),
        "withdraw": lambda: here.do("withdraw", f"head{i}", at),
    }
    do = tries.get(verb) or (lambda: here.do(verb, NAMES[who], at, **given))
    try:
        with transaction.atomic():
            do()
    except Refusal:
        pass


def modelled(s: S, step: Step) -> S:
    """The state after it in the model; the same if the model does not allow it."""
    verb, who, i = step
    table = "award" if verb in OF_AWARD else "examination"
    found = [after for what, after in steps(s) if what == f"{table}.{verb} by {who}"]
    if verb == "ask_annulment":
        found = [one for one in found if one.ending == (who, bool(i))]
    elif verb == "compute_again":  # nothing is wrong any more: a call on hold goes on
        found = [one for one in found if one.exams[i] == "called" != s.exams[i]]
    elif table == "examination" and verb != "call_next":
        found = [one for one in found if _about(s, one) == i]
    assert len(set(found)) <= 1, (step, s, found)
    return found[0] if found else s


def _about(s: S, after: S) -> int:
    """Which candidate a step changed first: the one whose own rows differ and was there."""
    for i in range(2):
        was, is_ = (s.exams[i], s.again[i]), (after.exams[i], after.again[i])
        if was != is_ and s.exams[i]:
            return i
    return -1


def seen(here: Opened) -> tuple[Any, ...]:
    """Tender, candidates by rank, live awards: as the database has them."""
    exams = {row.rank: row.status for row in Examination.objects.all()}
    live = Award.objects.filter(status__in=("pending", "active"))
    awards = [(row.status, row.examination.rank) for row in live]
    return here.status(), (exams.get(1, ""), exams.get(2, "")), awards


def shown(s: S) -> tuple[Any, ...]:
    return s.tender, s.exams, [(status, i + 1) for status, i, _, _ in s.awards]


@pytest.mark.parametrize("seed", range(4))
def test_a_random_walk_of_the_real_actions_stays_in_the_model(seed: int) -> None:
    walk(random.Random(seed), scene(), START)


@pytest.mark.parametrize("seed", range(2))
def test_a_random_walk_that_begins_on_hold_stays_in_the_model(seed: int, planted: Any) -> None:
    here = scene()
    with planted():
        here.call()
    walk(random.Random(seed), here, START._replace(exams=("hold", "")))


def walk(chance: random.Random, here: Opened, s: S) -> None:
    moved = 0
    told: list[Step] = []
    for n in range(70):
        allowed = [step for step in every_step() if modelled(s, step) != s]
        step = chance.choice(allowed if allowed and n % 2 else every_step())
        if step[0] == "withdraw" and s.tender == "opened" and chance.random() < 0.9:
            continue
        told.append(step)
        after = modelled(s, step)
        really(here, step, AT + timedelta(minutes=n))
        assert seen(here) == shown(after), (told[-8:], s)
        moved += after != s
        s = after
    assert moved >= 15
