"""The town's tenders brought to where a journey begins, several side by side, by machine.

The builder among the personas is always first in rank: its price is above every floor that the
draw can give, and the others' prices are above its own.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.play import SealedPrice, Supplier
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering
from tests.journeys.town import Town

PRICE = 185_500_000
OTHERS = (186_200_000, 187_300_000)
#: won of the subcontract, of the part that is accepted first
SHARE = 60_000_000
WORK = "방수층 철거와 방수공사"
TAKES = timedelta(days=120)
T = TypeVar("T")
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Case:
    """One tender on its way. contract, subcontract: numbers, "" before there is one."""

    title: str
    tender: str
    contract: str = ""
    subcontract: str = ""


def side_by_side(do: Callable[[T], M], given: Sequence[T]) -> list[M]:
    """Do it for each at the same time; what each gave, in their order."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(do, given))


def opened(town: Town, *titles: str) -> list[Case]:
    """Tenders whose opening was held and whose first in rank, the builder, was called."""
    numbers = side_by_side(town.publish, titles)
    town.to_bidding(numbers[-1])
    side_by_side(lambda number: _bids(town, number), numbers)
    town.to_opening(numbers[-1])
    side_by_side(lambda number: play.hold_opening(town.agency, number), numbers)
    for number in numbers:
        assert awarding.candidate(town.agency, number)["supplier"] == town.builder.identifier
    return [Case(title, number) for title, number in zip(titles, numbers, strict=True)]


def _bids(town: Town, number: str) -> None:
    bidders = zip((town.builder, *town.others), (PRICE, *OTHERS), strict=False)
    bids = [SealedPrice(one, price, (1 + n, 9 + n)) for n, (one, price) in enumerate(bidders)]
    play.send_bids(town.doors, number, bids)


def awarded(town: Town, *titles: str) -> list[Case]:
    """Tenders with an award in force."""
    cases = opened(town, *titles)
    side_by_side(lambda one: awarding.award(town.agency, town.builder, one.tender), cases)
    return cases


def contracted(town: Town, *titles: str, budget_line: str = "401-01") -> list[Case]:
    """Tenders with a contract in force whose works may begin the next day."""

    def contract(case: Case) -> Case:
        agency, number = town.agency, contracting.draft(town.agency, case.tender)
        starts = today(town) + timedelta(days=1)
        body = {"starts": starts, "ends": starts + TAKES, "budget_line": budget_line}
        said = {name: str(value) for name, value in body.items()}
        agency.contract.put(f"/contracts/{number}/terms", said)
        contracting.offer(agency, number)
        contracting.agree(town.builder, number)
        contracting.secure(agency, number)
        contracting.conclude(agency, number)
        return replace(case, contract=number)

    return side_by_side(contract, awarded(town, *titles))


def delivered(town: Town, *titles: str, budget_line: str = "401-01") -> list[Case]:
    """Tenders with all works accepted, a part of them a subcontractor's."""
    cases = contracted(town, *titles, budget_line=budget_line)
    on = today(town) + timedelta(days=1)

    def hire(case: Case) -> Case:
        made = contracting.subcontract(
            town.agency, town.builder, case.contract, subcontractor(town), work=WORK, amount=SHARE
        )
        return replace(case, subcontract=made)

    cases = side_by_side(hire, cases)
    town.stack.forward_by(timedelta(days=2))
    for case in cases:
        delivering.start(town.builder, case.contract, on=on)
        delivering.deliver(
            town.agency, town.builder, case.contract, kind="completion", amount=PRICE, on=on
        )
    return cases


def subcontractor(town: Town) -> Supplier:
    """The subcontractor among the personas: the second of those who hold the licence."""
    return town.others[0]


def today(town: Town) -> date:
    """The day of the town's clock."""
    return town.stack.now().astimezone(KST).date()
