"""The demonstration's second half: from the first in rank to a worker's word, step by step."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering, paying
from jangteo.interfaces.rehearsal.street.told import told

EXAMINED = "국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항"
AWARDED = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"
SIGNED = "국가계약법 제11조, 지방계약법 제14조"
ELECTRONIC = "전자조달법 제9조"
SECURED = "국가계약법 제12조, 지방계약법 제15조"
HIRED = "건설산업기본법 제29조"
INSPECTED = "국가계약법 시행령 제55조, 지방계약법 시행령 제64조"
PAID = "국가계약법 시행령 제58조, 지방계약법 시행령 제67조"
DIRECT = "전자조달법 제9조의2, 하도급거래공정화법 제13조"
LAWS = (EXAMINED, AWARDED, SIGNED, ELECTRONIC, SECURED, HIRED, INSPECTED, PAID, DIRECT)
#: days from the signatures to the first of the works, from there to the last; part of the works
BEGINS, TAKES, PART = 3, 30, 3


class Shown:
    """step: says a text, the page it stands on and the article; now: the time of the world."""

    def __init__(
        self,
        doors: Doors,
        agency: Agency,
        suppliers: list[Supplier],
        *,
        step: Callable[[str, str, str], None],
        forward_to: Callable[[datetime], None],
        now: Callable[[], datetime],
    ) -> None:
        self.doors, self.agency, self.suppliers = doors, agency, suppliers
        self.step, self.forward_to, self.now = step, forward_to, now

    def run(self, number: str) -> str:
        """Play from a published result; the contract's number."""
        winner = self.award(number)
        made = self.contract(winner, number)
        contract, value = str(made["number"]), int(made["value"])
        under = self.subcontract(winner, contract, value // PART)
        self.deliver(winner, contract, value, date.fromisoformat(made["starts"]))
        self.pay(winner, contract, paying.leaves(value, under=under, share=value // PART))
        self.trail(contract)
        return contract

    def award(self, number: str) -> Supplier:
        """Examination, proposal and confirmation; the winner."""
        agency, page = self.agency, f"/tenders/{number}/award"
        called = awarding.candidate(agency, number)
        winner = next(one for one in self.suppliers if one.identifier == called["supplier"])
        due = f", its papers are due until {_last(called['papers_due'])}"
        self.step(f"{winner.name} is called as the first in rank{due}", page, EXAMINED)
        awarding.add_papers(winner, number)
        awarding.hand_in(winner, number)
        due = _last(awarding.candidate(agency, number)["review_due"])
        self.step(f"It hands its papers in; the agency examines them until {due}", page, EXAMINED)
        awarding.pass_review(agency, number)
        marks = awarding.state(agency.contract, number)["candidates"][0]
        score = f"{marks['score']} points where {marks['pass_mark']} are needed"
        self.step(f"The contract officer finds that it passes: {score}", page, EXAMINED)
        awarding.propose(agency, number)
        won = awarding.confirm(agency, number)
        self.step(
            f"One officer proposes, another confirms: awarded for {won['value']:,} won; every "
            "bidder reads why",
            page,
            AWARDED,
        )
        return winner

    def contract(self, winner: Supplier, number: str) -> dict[str, Any]:
        """Draft, offer, both signatures, security; the contract in force."""
        agency = self.agency
        made = contracting.draft(agency, number)
        page, starts = f"/contracts/{made}", self.now().astimezone(KST).date()
        starts += timedelta(days=BEGINS)
        contracting.set_terms(agency, made, starts=starts, ends=starts + timedelta(days=3 * TAKES))
        contracting.offer(agency, made)
        due = _last(contracting.state(agency.contract, made)["sign_due"])
        self.step(f"Contract {made} is drafted and offered, to be signed until {due}", page, SIGNED)
        contracting.agree(winner, made)
        self.step("The supplier signs the text with its own key", page, ELECTRONIC)
        contracting.secure(agency, made)
        bond = contracting.state(agency.contract, made)["security_required"]
        self.step(f"A performance security of {bond:,} won is recorded", page, SECURED)
        found = contracting.conclude(agency, made)
        self.step("The agency signs last; the budget system is told", page, SIGNED)
        return found

    def subcontract(self, winner: Supplier, contract: str, amount: int) -> str:
        """A third of the works is given on; the subcontract's number."""
        hired = next(one for one in self.suppliers[1:] if one is not winner)
        made = contracting.subcontract(
            self.agency, winner, contract, hired, work="방수공사", amount=amount
        )
        text = f"{hired.name} agrees to a subcontract of {amount:,} won, the agency takes note"
        self.step(text, f"/subcontracts/{made}", HIRED)
        self.hired = hired
        return made

    def deliver(self, winner: Supplier, contract: str, value: int, starts: date) -> None:
        """Begin, complete, inspect and accept the works."""
        page = f"/contracts/{contract}/delivery"
        self._go_to(starts)
        delivering.start(winner, contract, on=starts)
        self.step("The works begin", page, SIGNED)
        ends = starts + timedelta(days=TAKES)
        self._go_to(ends)
        delivering.request(winner, contract, kind="completion", amount=value, on=ends)
        due = _last(delivering.state(winner.agent, contract)["inspections"][-1]["due"])
        self.step(f"They are completed; the inspector comes until {due}", page, INSPECTED)
        delivering.accept(self.agency, contract)
        self.step(f"The inspector accepts {value:,} won of works", page, INSPECTED)

    def _go_to(self, day: date) -> None:
        self.forward_to(datetime(day.year, day.month, day.day, 9, tzinfo=KST))
        self.step(f"The clock moves to {day}", "", "")

    def pay(self, winner: Supplier, contract: str, leaves: list[paying.Leaf]) -> None:
        """Claim, check, order, every payee's bank, a worker's word."""
        agency, claim = self.agency, paying.file(winner, contract, leaves)
        page = f"/claims/{claim}"
        due = _last(paying.state(winner.agent, claim)["due"])
        self.step(f"{len(leaves)} payees are claimed for, payable until {due}", page, PAID)
        paying.approve(agency, claim)
        paying.order(agency, claim)
        self.step("One officer checks the claim, another orders its payment", page, PAID)
        for leaf in paying.wait_paid(agency, claim)["leaves"]:
            text = f"{leaf['payee_name']} ({leaf['kind']}) is credited {leaf['amount']:,} won"
            self.step(f"{text}, says the bank: {leaf['bank_reference']}", page, DIRECT)
        position = next(n for n, one in enumerate(leaves, 1) if one["kind"] == "worker")
        link = paying.link(self.hired, claim, position)
        paying.say(self.doors, link, "received")
        self.step("A worker opens the link on a phone and says: it is there", link, DIRECT)

    def trail(self, contract: str) -> None:
        """The whole way of the amount, each step with its article and page."""
        for one in told(paying.trail(self.doors, contract)):
            amount = "" if one.amount is None else f"{one.amount:,} won"
            when = one.at.astimezone(KST)
            self.step(f"{when:%m-%d %H:%M} {amount:>18}  {one.step}", one.page, one.article)


def _last(moment: str | None) -> str:
    """The last day before a moment that is exclusive."""
    if not moment:
        return "–"
    until = datetime.fromisoformat(moment).astimezone(KST) - timedelta(seconds=1)
    return f"{until:%Y-%m-%d}"
