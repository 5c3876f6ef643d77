"""The plan of the practice world, walked through the state tables: all states, sane days."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from jangteo.ground.clock import KST
from jangteo.ground.process import StateTable
from jangteo.interfaces.rehearsal.world import aftermath, documents, load, names, tendering
from jangteo.interfaces.rehearsal.world.scenes import BIDDING, Scene
from jangteo.interfaces.rehearsal.world.telling import start_of
from jangteo.interfaces.rehearsal.world.tendering import prices_by_design
from jangteo.rules.award.screening import provisional
from jangteo.rules.calendar import add_working_days, is_working_day
from jangteo.rules.dated import table
from jangteo.rules.deadline.manner import Manner
from jangteo.rules.deadline.notice_period import latest_posting_day
from jangteo.rules.deadline.steps import due
from jangteo.rules.price.defaults import defaults, floor_rate
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.net_cost import net_cost_line
from jangteo.stages.award import states as award
from jangteo.stages.contract import states as contract
from jangteo.stages.delivery import states as delivery
from jangteo.stages.payment import states as payment

TABLES: dict[str, StateTable] = {
    one.name: one
    for one in (
        award.EXAMINATION, award.TABLE, contract.TABLE, contract.AMENDMENT, contract.SUBCONTRACT,
        delivery.TABLE, delivery.INSPECTION, payment.TABLE, payment.LEAF,
    )
}  # fmt: skip
#: verb of the world -> what it does to the newest thing of each kind
EFFECTS: dict[str, str] = {
    "open": "examination.call_next", "submit": "examination.submit_papers",
    "supplement": "examination.ask_supplement", "review": "examination.pass_review",
    "reject": "examination.fail_review examination.call_next",
    "withdraw": "examination.withdraw", "propose": "award.propose", "confirm": "award.confirm",
    "refuse": "award.refuse", "annul": "award.ask_annulment award.annul examination.call_next",
    "draft": "contract.draft contract.revise", "offer": "contract.offer",
    "agree": "contract.agree contract.record_security",
    "conclude": "contract.conclude delivery.await_start", "shelve": "contract.cancel",
    "terminate": "contract.terminate delivery.stop",
    "hire": "subcontract.register_subcontract", "join": "subcontract.agree_subcontract",
    "note": "subcontract.acknowledge_subcontract", "part": "subcontract.end_subcontract",
    "change": "amendment.propose_amendment", "agree_change": "amendment.agree_amendment",
    "conclude_change": "amendment.conclude_amendment contract.amend",
    "drop_change": "amendment.withdraw_amendment", "start": "delivery.start",
    "request": "inspection.request", "fault": "inspection.order_correction",
    "again": "inspection.request_again", "accept": "inspection.accept",
    "call_off": "inspection.withdraw_request", "claim": "claim.file leaf.add_leaf",
    "give_back": "claim.send_back", "take_back": "claim.withdraw_claim",
    "approve": "claim.approve", "order": "claim.order", "word": "leaf.say", "miss": "leaf.say",
}  # fmt: skip
#: how the account or the budget line ends -> what becomes of an ordered claim and its last payee
ANSWERS = {
    "": "claim.release leaf.instruct leaf.credit claim.pay",
    "9005": "claim.release leaf.instruct leaf.bounce",
    "9007": "claim.release leaf.instruct leaf.doubt",
    "9011": "claim.release leaf.instruct",
    "line": "claim.refuse_order",
}
#: difficulty -> floor rate of national works from five billion won on: 87.495 + 10 × 0.1 ÷ 2
RAISED = {"0.90": "87.995"}
#: what no world may ever hold: it is played with both engines as they are, and they agree
NEVER = {"examination": {"hold"}}
MOMENTS = [
    datetime(2026, 11, 26, 15, tzinfo=KST),
    datetime(2026, 11, 28, 23, 30, tzinfo=KST),
    datetime(2026, 9, 28, 3, tzinfo=KST),
    datetime(2027, 2, 10, 0, 5, tzinfo=KST),
]


class Walk:
    """What the things of one scene have come to, by the verbs of its acts."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.found: dict[str, list[str]] = defaultdict(list)
        self.trouble = self.line = self.kind = ""
        if (scene.until == "open" and scene.bidders > 1) or scene.acts:
            self.do("open", "")
        for act in scene.acts:
            self.do(act.verb, act.argument)

    def do(self, verb: str, argument: str) -> None:
        effects = EFFECTS[verb]
        if verb == "draft":
            self.line = argument
        elif verb == "claim":
            self.trouble = argument
        elif verb == "request":
            self.kind = argument
        elif verb == "accept" and self.kind == "completion":
            effects += " delivery.finish"
        elif verb == "order":
            effects += " " + ANSWERS["line" if self.line else self.trouble]
        for effect in effects.split():
            self.move(*effect.split("."))
        if self.found["claim"][-1:] == ["paid"] and self.found["delivery"] == ["completed"]:
            self.move("contract", "complete") if self.found["contract"] == ["active"] else None

    def move(self, thing: str, verb: str) -> None:
        row = TABLES[thing].transition(verb)
        states = self.found[thing]
        if not row.source:
            states.append(row.target)
            return
        assert states, f"{self.scene.title}: no {thing} to {verb}"
        assert states[-1] in row.source, f"{self.scene.title}: {thing} {states[-1]} cannot {verb}"
        states[-1] = row.target or states[-1]


@cache
def scenes(now: datetime, size: str) -> tuple[Scene, ...]:
    return tuple(load.plan(now, size=size)[1])


def standing(size: str, now: datetime = MOMENTS[0]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for scene in scenes(now, size):
        for thing, states in Walk(scene).found.items():
            found[thing] |= set(states)
    return found


def test_every_verb_after_the_opening_is_played_and_known() -> None:
    played = {act.verb for scene in scenes(MOMENTS[0], "full") for act in scene.acts}
    assert played == set(EFFECTS) - {"open"}
    assert all(hasattr(aftermath, verb) for verb in played)
    assert not any(hasattr(tendering, verb) for verb in played)


def test_the_full_world_holds_every_state_of_what_follows_an_opening() -> None:
    found = standing("full")
    for name, one in TABLES.items():
        assert found[name] == set(one.states) - NEVER.get(name, set()), name


def test_the_small_world_holds_what_journeys_begin_with() -> None:
    (scene,) = [one for one in scenes(MOMENTS[0], "small") if one.acts]
    walk = Walk(scene)
    assert (scene.agency, scene.supplier) == (0, 0)
    assert walk.found["contract"] == ["active"]
    assert walk.found["subcontract"] == ["acknowledged"]
    assert walk.found["inspection"] == ["accepted", "accepted", "accepted", "requested"]
    assert walk.found["claim"] == ["paid", "approved", "filed"]


@pytest.mark.parametrize(
    ("thing", "state", "own"),
    [
        ("examination", "submitted", False), ("award", "pending", False),
        ("contract", "agreed", False), ("subcontract", "agreed", False),
        ("inspection", "requested", False), ("claim", "filed", False),
        ("claim", "approved", False), ("examination", "called", True),
        ("contract", "offered", True), ("delivery", "awaiting_start", True),
        ("inspection", "correcting", True), ("claim", "returned", True), ("leaf", "bounced", True),
        ("subcontract", "registered", True),
    ],
)  # fmt: skip
def test_every_persona_finds_something_to_do(thing: str, state: str, own: bool) -> None:
    """own: it is the personas' company that acts, or their subcontractor."""
    found = [
        scene
        for scene in scenes(MOMENTS[0], "full")
        if scene.agency == 0 and Walk(scene).found[thing][-1:] == [state]
    ]
    assert found
    assert not own or any(scene.supplier == 0 for scene in found)


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("size", ["full", "small"])
def test_nothing_is_ahead_of_the_clock_or_before_it_begins(now: datetime, size: str) -> None:
    for order, scene in enumerate(scenes(now, size)):
        told = load.acts(scene, order)
        moments = [act.at for act in told]
        assert moments == sorted(moments), scene.title
        assert all(now - load.BEFORE + timedelta(days=1) < at for at in moments), scene.title
        assert all(act.at < now for act in scene.acts), scene.title
        assert not scene.acts or scene.ends is not None
    assert all(step.act.at <= now for step in load.steps(scenes(now, size), now))


@pytest.mark.parametrize("now", MOMENTS)
def test_told_tenders_close_on_working_days_and_keep_their_notice_period(now: datetime) -> None:
    for scene in scenes(now, "full"):
        if not scene.acts:
            continue
        closes = scene.deadline.astimezone(KST).date()
        assert is_working_day(closes), scene.title
        posted = scene.posted.astimezone(KST).date()
        latest = latest_posting_day(
            closes, regime=scene.regime, category=scene.buys, manner=Manner(scene.procedure),
            estimated_price=scene.estimated_price, on=posted,
        ).day  # fmt: skip
        assert posted < latest, scene.title


def ending(now: datetime, verb: str, kind: str) -> list[int]:
    """In how many days from today the clocks of things that wait end; verb: what starts them."""
    today = now.astimezone(KST).date()
    waiting = {"request": ("inspection", {"requested"}), "claim": ("claim", {"filed", "approved"})}
    found = []
    for scene in scenes(now, "full"):
        thing, states = waiting[verb]
        began = [act.at.astimezone(KST).date() for act in scene.acts if act.verb == verb]
        if began and Walk(scene).found[thing][-1] in states:
            end = due(kind, began[-1], regime=scene.regime, on=began[-1]).day
            found.append((end - today).days)
    return found


@pytest.mark.parametrize(
    ("verb", "kind"), [("request", "inspection"), ("claim", "progress_payment")]
)
def test_clocks_end_today_tomorrow_and_have_ended(verb: str, kind: str) -> None:
    """On a Thursday; on a Saturday what is due next is due on Monday and Tuesday."""
    days = ending(MOMENTS[0], verb, kind)
    assert {0, 1} <= set(days)
    assert min(days) < 0
    days = ending(MOMENTS[1], verb, kind)
    assert {2, 3} <= set(days)
    assert 0 not in days


@pytest.mark.parametrize("kind", ["inspection", "progress_payment"])
@pytest.mark.parametrize("regime", ["local", "national"])
def test_a_clock_is_started_so_that_it_ends_on_the_day(kind: str, regime: str) -> None:
    target = MOMENTS[2].date()
    for _ in range(40):
        target = add_working_days(target, 1)
        begun = start_of(kind, target, regime)
        assert due(kind, begun, regime=regime, on=begun).day == target


def can_pass(scene: Scene, price: int, reserve: int) -> bool:
    """Whether a bid passes the examination with full marks in all other items."""
    if scene.procedure == "quotation":
        return True
    return provisional(
        amount=price, reserve_price=reserve, a_value=scene.a_value,
        estimated_price=scene.estimated_price, regime=scene.regime, category=scene.buys,
        on=scene.posted.date(), difficulty=scene.difficulty,
    ).passes  # fmt: skip


def test_whoever_is_to_be_first_is_first_whatever_reserve_price_is_drawn() -> None:
    companies, told = load.plan(MOMENTS[0])
    for order, scene in enumerate(told):
        if scene.supplier < 0:
            continue
        assert not scene.licence or scene.licence in companies[scene.supplier].licences
        on = scene.posted.date()
        span = defaults(scene.regime, scene.buys, on)
        usual = floor_rate(
            scene.regime, scene.buys, scene.estimated_price, on=on, procedure=scene.procedure
        )
        rate = RAISED.get(scene.difficulty, usual.rate)
        prices = prices_by_design(scene, load.chance_of(order), scene.bidders)
        assert len(set(prices)) == scene.bidders
        for percent in range(int(span.range_low), int(span.range_high) + 1):
            reserve = scene.base_amount * (100 + percent) // 100
            floor = floor_price(reserve, rate, scene.a_value).price
            valid = [price for price in prices if floor <= price <= reserve]
            assert min(valid) == prices[0], scene.title
            assert prices[1:3] == valid[1:3], scene.title
            assert all(can_pass(scene, price, reserve) for price in valid[:2]), scene.title


@pytest.mark.parametrize("size", ["small", "full"])
def test_each_world_opens_works_with_a_bidder_below_the_net_cost_line(size: str) -> None:
    found = [one for one in scenes(MOMENTS[0], size) if tendering.line_above_floor(one)]
    assert [one for one in found if one.until == "open" and one.bidders > 1]
    for scene in found:
        low = tendering.between(scene)
        for thousandths in (985, 1000, 1015):
            reserve = scene.base_amount * thousandths // 1000
            floor = floor_price(reserve, "89.745", scene.a_value).price
            line = net_cost_line(
                base_net_cost=scene.net_cost or 0, base_amount=scene.base_amount,
                reserve_price=reserve, regime=scene.regime, category="works",
                on=scene.posted.date(),
            )  # fmt: skip
            assert line and floor <= low < line.line, (scene.title, thousandths)


@pytest.mark.parametrize("now", MOMENTS)
def test_one_tender_of_large_works_names_its_difficulty_and_is_paid(now: datetime) -> None:
    large = [one for one in scenes(now, "full") if one.estimated_price >= 5_000_000_000]
    assert [one for one in scenes(now, "full") if one.difficulty] == large
    (scene,) = large
    assert (scene.regime, scene.buys, scene.estimated_price) == ("national", "works", 7 * 10**9)
    assert (scene.difficulty, scene.licence, scene.supplier) == ("0.90", "0002", 0)
    assert names.AGENCIES[scene.agency][2] == "national"
    assert Walk(scene).found["claim"] == ["paid"]
    assert "난이도 계수: 0.90" in dict(documents.files(scene))["공고문.txt"]
    assert (scene.deadline - scene.posted).days >= 40


def test_the_same_moment_makes_the_same_plan() -> None:
    assert load.plan(MOMENTS[0]) == load.plan(MOMENTS[0])


def test_numbers_are_taken_in_the_order_of_the_scenes() -> None:
    steps = load.steps(scenes(MOMENTS[0], "full"), MOMENTS[0])
    moment = [step for step in steps if step.act.at == steps[0].act.at]
    both = [*moment, *(load.Step(99, n, one.act) for n, one in enumerate(moment))]
    played = list(load.rounds(both))
    assert [[step.order for step in group] for group in played] == [
        [moment[0].order], [99], [moment[0].order, 99],
    ]  # fmt: skip
    assert [step.act.verb for step in played[2]] == ["papers", "papers"]


def test_every_work_asks_for_a_trade_that_may_do_it() -> None:
    """By the words of its title; painters and waterproofers are not roofers."""
    rows = table("entry/words").all_on(date(2026, 11, 24))
    works = [row for row in rows if row.text("category") == "works"]
    for title, code in names.WORKS:
        row = next((row for row in works if re.search(row.text("words"), title)), None)
        assert row is None or code in row.text("licences").split(), title
    assert dict(names.WORKS)["옥상 방수공사"] == dict(names.WORKS)["외벽 도장공사"] == "4992"
    assert next(one for one in names._TRADES if one[0] == "도장방수")[1] == ("4992",)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("hour", [0, 8, 12, 23])
def test_a_visitor_finds_a_tender_that_takes_bids(day: int, hour: int) -> None:
    now = datetime(2026, 11, 23, hour, 38, tzinfo=KST) + timedelta(days=day)
    open_now = [one for one in scenes(now, "full") if one.until == "bid"]
    assert any(one.deadline - BIDDING <= now < one.deadline for one in open_now)
