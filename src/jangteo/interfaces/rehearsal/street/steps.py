"""The street as steps that can each be asked whether the system holds them."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.kills import Step
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering, paying
from jangteo.interfaces.rehearsal.world import scenes

BASE, A_VALUE = 141_614_000, 5_432_100
#: won of 100,000 of the base amount beside A: wherever the draw falls, two or more stay ranked
SHARES = (90_000, 91_500, 93_000, 94_500)
BIDDERS = len(SHARES)
#: how long after the signatures the works begin, and how long they take
BEGINS, TAKES = timedelta(days=3), timedelta(days=30)


class Walk:
    """One tender from its notice to a worker's word.

    now, forward_to: the sandbox's clock; suppliers: as many as bid and one more, who is hired.
    What stands between two steps is done when the next one is asked for.
    """

    def __init__(
        self,
        doors: Doors,
        agency: Agency,
        suppliers: list[Supplier],
        *,
        now: Callable[[], datetime],
        forward_to: Callable[[datetime], object],
    ) -> None:
        self.doors, self.agency, self.suppliers = doors, agency, suppliers
        self.now, self.forward_to = now, forward_to
        self.tender = self.contract = self.subcontract = self.claim = ""

    def steps(self) -> Iterator[Step]:
        """All steps in their order."""
        yield from self._notice()
        yield from self._bidding()
        yield from self._opening()
        yield from self._award()
        yield from self._contract()
        yield from self._subcontract()
        yield from self._delivery()
        yield from self._payment()

    def _notice(self) -> Iterator[Step]:
        agency, self.deadline = self.agency, scenes.working_moment(self.now(), 9, 10)
        number = self.tender = play.draft(agency, _terms(self.deadline))
        yield Step(
            "lot keys asked for",
            lambda: play.ask_for_keys(agency, number),
            lambda: agency.contract.get(f"/tenders/{number}/draft")["keys_asked"],
            lambda: {"platform", "audit"} <= set(_custody(agency, number)["keys"]),
        )
        play.complete_custody(agency, number)
        yield Step(
            "notice published",
            lambda: agency.contract.post(f"/tenders/{number}/publish"),
            lambda: self._notice_is("active"),
        )

    def _notice_is(self, status: str) -> bool:
        return bool(self.doors.as_().get(f"/tenders/{self.tender}")["status"] == status)

    def _bidding(self) -> Iterator[Step]:
        self.forward_to(self.deadline - timedelta(hours=26))
        chance = random.Random(self.tender)
        named = zip(self.suppliers, SHARES, strict=False)
        first, *others = (_bid(one, share, chance) for one, share in named)
        play.send_bids(self.doors, self.tender, others)
        ticket, sealed = play.seal_price(self.tender, first)
        yield Step(
            "bid received",
            lambda: play.post_envelope(self.doors, ticket, sealed),
            lambda: bool(self.doors.as_().get(f"/bids/{sealed.hash.hex()}")),
        )

    def _opening(self) -> Iterator[Step]:
        self.forward_to(self.deadline + timedelta(hours=1))
        agency, number, path = self.agency, self.tender, f"/tenders/{self.tender}/opening"

        def state() -> dict[str, Any]:
            found: dict[str, Any] = agency.opening.get(path)
            return found

        yield Step(
            "opening begun",
            lambda: play.prepare_opening(agency, number),
            lambda: state()["status"] != "",
            lambda: not state()["unsettled"],
        )
        yield Step(
            "set of bids closed",
            lambda: agency.opening.post(f"{path}/close"),
            lambda: bool(state()["root"]),
        )
        first, second = play.SIGNERS
        yield Step(
            "keys requested, signature 1",
            lambda: play.sign_request(agency, number, first),
            lambda: len(state()["signatures"]) == 1,
        )
        yield Step(
            "keys requested, signature 2",
            lambda: play.sign_request(agency, number, second),
            lambda: len(state()["signatures"]) == 2,
            lambda: len(state()["releases"]) >= 2,
        )
        yield Step(
            "bids opened",
            lambda: agency.opening.post(f"{path}/hold"),
            lambda: self.doors.as_().get(f"/tenders/{number}/result")["outcome"] == "published",
            lambda: bool(awarding.candidate(agency, number)),
        )

    def _award(self) -> Iterator[Step]:
        agency, number = self.agency, self.tender
        called = awarding.candidate(agency, number)["supplier"]
        winner = self.winner = next(one for one in self.suppliers if one.identifier == called)
        awarding.add_papers(winner, number)

        def candidate() -> str:
            status: str = awarding.state(agency.contract, number)["candidates"][0]["status"]
            return status

        def awards(status: str) -> bool:
            made = awarding.state(agency.contract, number)["awards"]
            return [one["status"] for one in made] == [status]

        yield Step(
            "papers handed in",
            lambda: awarding.hand_in(winner, number),
            lambda: candidate() == "submitted",
        )
        yield Step(
            "candidate passed",
            lambda: awarding.pass_review(agency, number),
            lambda: candidate() == "passed",
        )
        yield Step(
            "award proposed",
            lambda: awarding.propose(agency, number),
            lambda: awards("pending"),
        )
        yield Step(
            "award confirmed",
            lambda: awarding.confirm(agency, number),
            lambda: awards("active") and self._notice_is("awarded"),
        )

    def _contract(self) -> Iterator[Step]:
        agency, winner, listed = self.agency, self.winner, "/contracts"

        def made(status: str) -> bool:
            return bool(contracting.state(agency.contract, self.contract)["status"] == status)

        def drafted() -> bool:
            every = [contracting.state(agency.contract, one) for one in agency.contract.get(listed)]
            mine = [one["number"] for one in every if one["tender_number"] == self.tender]
            self.contract = mine[0] if mine else ""
            return len(mine) == 1 and made("pending")

        yield Step("contract drafted", lambda: contracting.draft(agency, self.tender), drafted)
        number, today = self.contract, self.now().astimezone(KST).date()
        self.starts = today + BEGINS
        contracting.set_terms(agency, number, starts=self.starts, ends=self.starts + 3 * TAKES)
        yield Step(
            "contract offered", lambda: contracting.offer(agency, number), lambda: made("offered")
        )
        yield Step(
            "contract signed by the supplier",
            lambda: contracting.agree(winner, number),
            lambda: made("agreed"),
        )
        contracting.secure(agency, number)
        yield Step(
            "contract signed by the agency",
            lambda: contracting.conclude(agency, number),
            lambda: made("active"),
            lambda: delivering.is_open(winner, number) and self._bound(),
        )

    def _bound(self) -> bool:
        """Whether the budget system has bound the money to the contract."""
        steps = paying.trail(self.doors, self.contract)["steps"]
        return any(one["kind"] == "exchange.finish" for one in steps)

    def _subcontract(self) -> Iterator[Step]:
        hired, winner, number = self.suppliers[-1], self.winner, self.contract
        self.value = int(contracting.state(winner.agent, number)["value"])

        def made(*status: str) -> bool:
            found = contracting.state(winner.agent, number)["subcontracts"]
            self.subcontract = found[0]["number"] if found else ""
            return [one["status"] for one in found] == list(status)

        yield Step(
            "subcontract registered",
            lambda: contracting.register(
                winner, number, hired, work="방수공사", amount=self.value // 3
            ),
            lambda: made("registered"),
        )
        yield Step(
            "subcontract agreed",
            lambda: contracting.agree_subcontract(hired, self.subcontract),
            lambda: made("agreed"),
        )
        yield Step(
            "subcontract acknowledged",
            lambda: contracting.acknowledge(self.agency, self.subcontract),
            lambda: made("acknowledged"),
        )

    def _delivery(self) -> Iterator[Step]:
        agency, winner, number = self.agency, self.winner, self.contract

        def state() -> dict[str, Any]:
            return delivering.state(winner.agent, number)

        def inspected(*status: str) -> bool:
            return [one["status"] for one in state()["inspections"]] == list(status)

        self.forward_to(_morning(self.starts))
        yield Step(
            "works begun",
            lambda: delivering.start(winner, number, on=self.starts),
            lambda: state()["status"] == "under_way",
        )
        done_on = self.starts + TAKES
        self.forward_to(_morning(done_on))
        yield Step(
            "inspection asked for",
            lambda: delivering.request(
                winner, number, kind="completion", amount=self.value, on=done_on
            ),
            lambda: inspected("requested"),
        )
        yield Step(
            "works accepted",
            lambda: delivering.accept(agency, number),
            lambda: inspected("accepted") and state()["accepted"] == self.value,
        )

    def _payment(self) -> Iterator[Step]:
        agency, winner, number = self.agency, self.winner, self.contract
        leaves = paying.leaves(self.value, under=self.subcontract, share=self.value // 3)

        def claimed(*status: str) -> bool:
            found = winner.agent.get(f"/contracts/{number}/claims")
            self.claim = found[0]["number"] if found else ""
            return len(found) == 1 and found[0]["status"] in status

        yield Step(
            "payment claimed",
            lambda: paying.file(winner, number, leaves),
            lambda: claimed("filed"),
        )
        yield Step(
            "claim checked",
            lambda: paying.approve(agency, self.claim),
            lambda: claimed("approved"),
        )
        yield Step(
            "payment ordered, every payee paid",
            lambda: paying.order(agency, self.claim),
            lambda: claimed("ordered", "paid"),
            lambda: claimed("paid"),
        )
        position = next(n for n, one in enumerate(leaves, 1) if one["kind"] == "worker")
        link = paying.link(self.suppliers[-1], self.claim, position)
        yield Step(
            "a worker's word",
            lambda: paying.say(self.doors, link, "received"),
            lambda: [w["said"] for w in paying.words(self.doors, link)] == ["received"],
        )


def _custody(agency: Agency, number: str) -> dict[str, Any]:
    found: dict[str, Any] = agency.contract.get(f"/tenders/{number}/custody")
    return found


def _terms(deadline: datetime) -> dict[str, Any]:
    return {
        "title": "연습: 중앙도서관 옥상 방수공사",
        "description": "연습용 공고입니다.",
        "site": "중앙도서관",
        "base_amount": BASE,
        "estimated_price": BASE * 10 // 11,
        "budget_amount": BASE,
        "a_value": A_VALUE,
        "base_net_cost": BASE * 85 // 100,
        "bidding_from": play.iso(deadline - timedelta(hours=72)),
        "deadline": play.iso(deadline),
        "opening_at": play.iso(deadline + timedelta(hours=1)),
    }


def _bid(supplier: Supplier, share: int, chance: random.Random) -> SealedPrice:
    """A price near the floor, and two of the fifteen numbers."""
    price = A_VALUE + (BASE - A_VALUE) * share // 100_000
    one, other = chance.sample(range(1, 16), 2)
    return SealedPrice(supplier, price, (one, other))


def _morning(day: date) -> datetime:
    """Nine o'clock in Korea."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=KST)
