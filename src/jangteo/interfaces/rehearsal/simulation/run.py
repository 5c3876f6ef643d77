"""Chooses the steps from the seed, does them, and looks after each whether all still holds."""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import sandbox
from jangteo.interfaces.rehearsal.simulation import bidding, money, opening, preparing, watch
from jangteo.interfaces.rehearsal.simulation.cast import enter_agency, enter_supplier
from jangteo.interfaces.rehearsal.simulation.custodians import Custodians
from jangteo.interfaces.rehearsal.simulation.intake import Intake
from jangteo.interfaces.rehearsal.simulation.market import Deal, Listeners, Market
from jangteo.interfaces.rehearsal.simulation.partners import Partners
from jangteo.interfaces.rehearsal.simulation.watch import Violation
from jangteo.records.log import sequencer
from jangteo.stages.opening import queries as openings
from jangteo.stages.tender import queries as tenders

START = datetime(2026, 12, 1, 9, tzinfo=KST)
TENDERS = 8
SUPPLIERS = 10
#: Steps after which a simulation that has not ended is itself at fault.
MOST = 2500
WHOLE = 40

Step = Callable[[Market, Deal], None]
#: phase -> (weight, step) of what brings a tender forward
RIGHT: dict[str, list[tuple[int, Step]]] = {
    "draft": [(9, preparing.make_keys)],
    "keyed": [(8, preparing.publish), (1, preparing.other_deadline), (1, preparing.make_keys)],
    "waiting": [(1, bidding.false_start)],
    "bidding": [(6, bidding.bid), (1, bidding.bid_in_a_group)],
    "after": [(1, opening.prepare)],
    "prepared": [(1, opening.exclude), (3, opening.close_set)],
    "closed_set": [(9, opening.sign), (1, opening.hold)],
    "requested": [(2, opening.release), (2, opening.hold)],
}
#: phase -> steps that are wrong, useless, or change the course
OTHER: dict[str, list[tuple[int, Step]]] = {
    "draft": [(3, preparing.wrong)],
    "keyed": [(3, preparing.wrong)],
    "waiting": [(3, preparing.wrong), (3, bidding.intrude), (2, opening.wrong)],
    "bidding": [
        (2, preparing.wrong), (3, bidding.intrude), (3, bidding.hold_a_ticket),
        (4, bidding.use_a_ticket), (2, bidding.forge), (2, opening.wrong),
        (1, bidding.photo_finish),
    ],
    "after": [
        (3, opening.wrong), (2, preparing.wrong), (3, bidding.intrude), (3, bidding.use_a_ticket),
        (2, opening.prepare),
    ],
    "prepared": [(4, opening.wrong), (2, bidding.use_a_ticket), (1, preparing.wrong)],
    "closed_set": [(4, opening.wrong), (1, opening.hold), (1, bidding.use_a_ticket)],
    "requested": [(4, opening.wrong), (1, opening.sign_again), (2, opening.hold)],
    "done": [
        (2, opening.again), (2, preparing.cancel), (2, preparing.wrong), (2, bidding.intrude),
        (2, bidding.use_a_ticket),
    ],
}  # fmt: skip


OTHER["way"] = OTHER["done"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one seed.

    paid: transfers that the bank made; violation: "" if everything held; story: the last steps.
    """

    seed: int
    steps: int
    bids: int
    refusals: int
    codes: dict[str, int]
    outcomes: dict[str, int]
    paid: int
    seconds: float
    violation: str = ""
    story: list[str] = field(default_factory=list)


def simulate(
    *, seed: int, url: str, secrets: Path, listeners: Listeners, tenders: int = TENDERS,
    last: int = 15,
) -> Outcome:  # fmt: skip
    """Play one seed in an empty, migrated database that Django uses too.

    url: the owner's address of it; secrets: the folder of this machine's secrets; listeners: who
    hears which fact; last: how many steps a violation tells.
    """
    began = time.monotonic()
    sandbox.create(connection, START)
    home = tempfile.TemporaryDirectory(prefix="jangteo-custodians-")
    custodians = Custodians(url, secrets, Path(home.name))
    partners = Partners(Path(home.name) / "partners")
    doors = (Intake(url, secrets), partners, listeners)
    market = Market(seed, random.Random(seed), custodians, *doors, [], [])
    violation = ""
    try:
        _play(market, tenders)
    except Violation as broken:
        violation = str(broken)
    except Exception as error:
        violation = f"{type(error).__name__}: {error}"
        market.log.append(f"     {_where(error)}")
    finally:
        paid = sum(partners.paid().values())
        custodians.close()
        partners.close()
        home.cleanup()
    return Outcome(
        seed, sum(line[:4].strip().isdigit() for line in market.log),
        sum(len(deal.envelopes) for deal in market.deals), sum(market.codes.values()),
        market.codes, market.outcomes, paid, time.monotonic() - began, violation,
        market.log[-last:],
    )  # fmt: skip


def _where(error: BaseException) -> str:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return f"in {place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""


def _play(market: Market, count: int) -> None:
    at = market.now()
    market.agencies = [enter_agency(n, ("national", "local")[n % 2], at) for n in range(3)]
    market.suppliers = [enter_supplier(n, market.chance, at) for n in range(SUPPLIERS)]
    for number in range(1, MOST + 1):
        market.log.append(f"{number:>4} {market.now().astimezone(KST):%m-%d %H:%M:%S}")
        if not _step(market, count):
            break
        _chain(market)
        watch.check(market)
        money.check(market)
        if number % WHOLE == 0:
            watch.check_all(market)
    else:
        raise Violation(f"the market did not come to an end in {MOST} steps")
    bidding.check(market)
    _chain(market)
    watch.check_all(market)


def _step(market: Market, count: int) -> bool:
    """One step; False when there is nothing left to do."""
    chance, at = market.chance, market.now()
    left = [deal for deal in market.deals if deal.phase(at) not in ("way", "done")]
    if not left and len(market.deals) == count:
        return _go_on(market)
    dice = chance.random()
    if len(market.deals) < count and (not left or dice < 0.1):
        market.note("draft")
        preparing.draft(market)
    elif dice < 0.16:
        _read(market)
    elif dice < 0.36:
        deal = chance.choice(market.deals)
        _one_of(market, deal, OTHER[deal.phase(at)])
    elif dice < 0.40:
        _change_course(market, chance.choice(left or market.deals))
    elif dice < 0.44:
        _jump(market)
    else:
        _forward(market, left)
    return True


def _go_on(market: Market) -> bool:
    """A step behind the openings, once all are held; False when every way is at its end.

    They come last because who is ranked hangs on seeds that custodians draw anew each time: up to
    here a seed plays the same again.
    """
    ways = [deal for deal in market.deals if deal.phase(market.now()) == "way"]
    if not ways:
        return False
    deal, dice = market.chance.choice(ways), market.chance.random()
    market.note(f"{deal.number} way:")
    if dice < 0.06:
        _read(market)
    elif dice < 0.14:
        _one_of(market, market.chance.choice(market.deals), OTHER["done"])
    else:
        step = money.idle if dice < 0.24 else money.go
        market.note(step.__name__)
        step(market, deal)
    return True


def _one_of(market: Market, deal: Deal, table: list[tuple[int, Step]]) -> None:
    steps, weights = [step for _, step in table], [weight for weight, _ in table]
    step = market.chance.choices(steps, weights)[0]
    market.note(f"{deal.number} {deal.phase(market.now())}: {step.__name__}")
    if deal.notice is None and step.__module__.endswith(("bidding", "opening")):
        market.note("not published")
        return
    step(market, deal)


def _forward(market: Market, left: list[Deal]) -> None:
    """Bring a tender forward that can be brought forward now; else let time pass."""
    at = market.now()
    ready = [deal for deal in left if _ready(deal, deal.phase(at))]
    if ready:
        deal = market.chance.choice(ready)
        correct = deal.correcting and deal.phase(at) in ("waiting", "bidding")
        if correct and market.chance.random() < 0.6:
            _correction(market, deal)
            return
        _one_of(market, deal, RIGHT[deal.phase(at)])
        return
    _pass_time(market)


def _ready(deal: Deal, phase: str) -> bool:
    if phase == "bidding":
        return bool(deal.wanted) or deal.correcting
    return phase != "waiting" or deal.correcting


def _correction(market: Market, deal: Deal) -> None:
    step = preparing.correct if deal.keyed else preparing.make_keys
    market.note(f"{deal.number} correction: {step.__name__}")
    step(market, deal)


def _pass_time(market: Market) -> None:
    """Let the next thing come that a notice announces, or play the last seconds before it."""
    at = market.now()
    names = ("bidding_from", "deadline", "opening_at")
    coming = [
        (deal.due(name), deal.number, name, deal)
        for deal in market.deals
        if deal.status == "active"
        for name in names
        if deal.due(name) > at
    ]
    if not coming:
        market.note("an hour passes")
        market.forward_by(timedelta(hours=1))
        return
    moment, number, name, deal = min(coming, key=lambda one: one[:3])
    market.note(f"until {name} of {number}")
    if name == "deadline" and market.chance.random() < 0.5:
        bidding.photo_finish(market, deal)
    elif name == "bidding_from" and market.chance.random() < 0.5:
        bidding.false_start(market, deal)
    else:
        market.forward_to(moment + timedelta(minutes=market.chance.randrange(1, 30)))


def _change_course(market: Market, deal: Deal) -> None:
    """A correction is begun or abandoned, or the tender is cancelled."""
    phase = deal.phase(market.now())
    if deal.correcting:
        market.note(f"{deal.number} abandon")
        preparing.abandon(market, deal)
    elif phase in ("waiting", "bidding"):
        market.note(f"{deal.number} start_correction")
        preparing.start_correction(market, deal)
    elif market.chance.random() < 0.3:
        market.note(f"{deal.number} cancel")
        preparing.cancel(market, deal)


def _jump(market: Market) -> None:
    """Time passes by itself: minutes, hours, now and then a day and more, over any deadline."""
    minutes = market.chance.choice((1, 7, 16, 16, 60, 300, 1800))
    market.note(f"{minutes} minutes pass")
    market.forward_by(timedelta(minutes=minutes))
    if market.chance.random() < 0.5:
        bidding.check(market, market.chance.choice((("platform", "audit"), ("platform",), ())))


def _read(market: Market) -> None:
    """People look: lists, desks and results answer for everybody at any moment."""
    at = market.now()
    market.note("people look")
    agency = market.chance.choice(market.agencies)
    for actor in (agency.contract.actor, agency.opening.actor):
        tenders.tasks_for(actor, at)
        openings.tasks_for(actor, at)
    tenders.search(text="모의")
    for deal in market.deals:
        if deal.notice is not None:
            openings.opening_state(deal.agency.opening.actor, deal.number, at=at)


def _chain(market: Market) -> None:
    """Chain what is new and let it be heard, and what that brings, until all is quiet."""
    while sequencer.step().linked:
        market.hear()
