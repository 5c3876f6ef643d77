"""What happens to a tender after its result: award, contract, works; and what goes wrong there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.simulation.cast import Officer, Supplier, officer
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.stages.award import actions as awards
from jangteo.stages.award.queries import ExaminationRow, award_page
from jangteo.stages.contract import actions as contracts
from jangteo.stages.contract import queries as contract_queries
from jangteo.stages.delivery import actions as deliveries
from jangteo.stages.delivery import queries as delivery_queries

if TYPE_CHECKING:
    from jangteo.interfaces.rehearsal.simulation.market import Deal, Market

#: states of a candidate that somebody still examines
OPEN = ("called", "submitted", "supplement")
#: budget lines: mostly sound; the last digits of the others make the budget system lose or delay
BUDGET = ("401-01",) * 5 + ("401-9001", "401-9002", "401-9003", "401-9004")


@dataclass(slots=True)
class Way:
    """How far one tender is behind its opening. ended: nothing more is wanted of it.

    begun: whether the award has begun; signers: people with their keys by name; rounds: how often
    partners were waited for.
    """

    begun: bool = False
    signers: dict[str, Officer] = field(default_factory=dict)
    rounds: int = 0
    amended: bool = False
    ended: str = ""


def supplier_of(market: "Market", identifier: str) -> Supplier:
    """The simulated supplier with a business number."""
    return next(one for one in market.suppliers if one.identifier == identifier)


def examine(market: "Market", deal: "Deal", row: ExaminationRow) -> None:
    """A candidate hands in, withdraws, is asked for more, fails or passes."""
    chance, at, number = market.chance, market.now(), deal.number
    who = {"number": number, "by": deal.agency.contract.actor, "supplier": row.identifier}
    mine = {"number": number, "by": supplier_of(market, row.identifier).actor}
    dice = chance.random()
    if dice < 0.07:
        market.must(awards.withdraw, **mine)
    elif row.papers_due is not None and row.status in ("called", "supplement"):
        if at >= row.papers_due:
            market.do(awards.submit_papers, allowed=False, **mine)
            late = {"ground": "no_papers", "note": "기한 경과"}
            market.must(awards.fail_review, **who, **late)
        elif dice < 0.2:
            market.do(awards.pass_review, allowed=False, **who, scores={})
        else:
            paper = {"title": "실적.txt", "media_type": "text/plain", "data": b"20"}
            market.must(awards.add_paper, **mine, **paper)
            market.must(awards.submit_papers, **mine)
    elif dice < 0.14 and row.status == "submitted":
        market.do(awards.ask_supplement, allowed=not row.supplement, **who, text="인감 누락")
    elif dice < 0.2:
        market.must(awards.fail_review, **who, ground="disqualified", note="부도")
    else:
        items = {one["code"]: one["full"] for one in row.provisional.get("items", [])}
        market.do(awards.pass_review, **who, scores=items)


def award(market: "Market", deal: "Deal") -> bool:
    """Bring the award forward; False when one is in force."""
    agency, number = deal.agency, deal.number
    page = award_page(agency.contract.actor, number, at=market.now())
    if page.told.status not in ("opened", "awarded"):
        deal.way.ended = page.told.status
        return True
    if page.current is not None and page.current.status in OPEN:
        examine(market, deal, page.current)
        return True
    if page.live is None:
        stands = any(one.status == "passed" and not one.annulled for one in page.candidates)
        market.do(awards.propose, allowed=stands, by=agency.contract.actor, number=number)
        return True
    if page.live.status == "pending":
        dice = market.chance.random()
        if dice < 0.15:
            market.do(awards.confirm, allowed=False, by=agency.contract.actor, number=number)
        elif dice < 0.25:
            said = {"by": agency.approving, "number": number, "reason": "다시 검토"}
            market.must(awards.refuse, **said)
        else:
            market.must(awards.confirm, by=agency.approving, number=number)
        return True
    return False


def contract(market: "Market", deal: "Deal") -> bool:
    """Bring the contract forward; False when it is or was in force."""
    agency, number, chance = deal.agency, deal.number, market.chance
    mine = {"by": agency.contract.actor}
    row = contract_queries.contract_of_tender(number)
    if row is None:
        if chance.random() < 0.16:
            _annulment(market, deal)
        else:
            market.must(contracts.draft, **mine, number=number)
        return True
    if row.stands:
        return False
    steps: dict[str, Callable[[], object]] = {
        "pending": lambda: _offer(market, deal, row.number),
        "offered": lambda: sign(market, deal, contracts.agree, row, "supplier"),
        "agreed": lambda: _conclude(market, deal, row),
    }
    if row.status == "offered" and chance.random() < 0.15:
        market.must(contracts.take_back, **mine, number=row.number)
    elif row.status in ("pending", "offered") and chance.random() < 0.04:
        market.must(contracts.cancel, **mine, number=row.number, reason="수의시담 결렬")
    else:
        steps[row.status]()
    return True


def _annulment(market: "Market", deal: "Deal") -> None:
    """Ask that the award be annulled: confirmed, refused, withdrawn, or overtaken by a contract.

    However it ended, nobody decides on it a second time.
    """
    mine = {"by": deal.agency.contract.actor, "number": deal.number}
    second = {"by": deal.agency.approving, "number": deal.number}
    said = {"cause": "gave_up", "reason": "계약 포기"}
    market.must(awards.ask_annulment, **mine, **said)
    wish = award_page(second["by"], deal.number, at=market.now()).wish
    read = {"digest": wish.digest if wish else ""}
    no, dice = {"reason": "계약 진행"}, market.chance.random()
    market.do(awards.refuse_annulment, allowed=False, **mine, **read, **no)
    if dice < 0.4:
        market.must(awards.annul, **second, **read)
    elif dice < 0.6:
        market.must(awards.refuse_annulment, **second, **read, **no)
    elif dice < 0.8:
        market.must(awards.withdraw_annulment, **mine)
    else:
        market.must(contracts.draft, **mine)
    market.do(awards.annul, allowed=False, **second, **read)
    market.do(awards.refuse_annulment, allowed=False, **second, **read, **no)


def _offer(market: "Market", deal: "Deal", number: str) -> None:
    today = today_of(market)
    changes = {
        "starts": today, "ends": today + timedelta(days=market.chance.randrange(20, 90)),
        "budget_line": market.chance.choice(BUDGET),
    }  # fmt: skip
    by = deal.agency.contract.actor
    market.must(contracts.revise, by=by, number=number, changes=changes)
    market.must(contracts.offer, by=by, number=number)


def _conclude(market: "Market", deal: "Deal", row: contract_queries.ContractRow) -> None:
    security = contract_queries.security_of(row)
    if not security.enough:
        if market.chance.random() < 0.2:
            sign(market, deal, contracts.conclude, row, "buyer", allowed=False)
            return
        bond = {"kind": "bond", "amount": security.required, "issuer": "조합", "until": row.ends}
        by = deal.agency.contract.actor
        market.must(contracts.record_security, by=by, number=row.number, **bond)
    sign(market, deal, contracts.conclude, row, "buyer")


def sign(
    market: "Market", deal: "Deal", action: Callable[..., Any],
    row: contract_queries.ContractRow, side: str, *, allowed: bool = True,
) -> None:  # fmt: skip
    """Sign the newest text for a side with an enrolled key."""
    who = deal.agency.contract
    if side == "supplier":
        actor = supplier_of(market, row.supplier_identifier).actor
        if actor.name not in deal.way.signers:
            deal.way.signers[actor.name] = officer(actor, market.now())
        who = deal.way.signers[actor.name]
    text = contract_queries.contract_for(who.actor, row.number).offered
    signature = b64u(seal.sign(who.key, text.statement.encode() if text else b""))
    given = {"number": row.number, "signer_key": who.public, "signature": signature}
    market.do(action, allowed=allowed, by=who.actor, **given)


def works(market: "Market", deal: "Deal", row: contract_queries.ContractRow) -> bool:
    """Bring the works forward, amend or terminate; False when they are done or stopped."""
    chance, number, at = market.chance, row.number, market.now()
    supplier = supplier_of(market, row.supplier_identifier).actor
    mine = {"by": supplier, "number": number}
    found = delivery_queries.delivery_for(supplier, number, at=at)
    if found.status in ("completed", "stopped") or row.status != "active":
        return False
    current, dice, today = found.current, chance.random(), today_of(market)
    if dice < 0.03:
        end = {"ground": "delay", "reason": "공정 지연"}
        market.must(contracts.terminate, by=deal.agency.approving, number=number, **end)
    elif dice < 0.12 and not deal.way.amended:
        _amend(market, deal, row, found.accepted)
    elif found.status == "awaiting_start":
        market.do(deliveries.start, **mine, started_on=today)
    elif current is None and dice < 0.3:
        over = {"kind": "progress", "amount": found.left + 1, "done_on": today}
        market.do(deliveries.request, allowed=False, **mine, **over)
    elif current is None:
        whole = chance.random() < 0.5
        amount = found.left if whole else max(1, found.left * chance.randrange(10, 70) // 100)
        kind = "completion" if whole else "progress"
        market.do(deliveries.request, **mine, kind=kind, amount=amount, done_on=today)
    elif current.status == "correcting":
        market.do(deliveries.request_again, **mine, done_on=today)
    else:
        inspect(market, deal, number)
    return True


def inspect(market: "Market", deal: "Deal", number: str) -> None:
    """Accept, or order a correction; the contract officer may do neither."""
    dice, by = market.chance.random(), deal.agency.inspector
    if dice < 0.1:
        by_other = {"by": deal.agency.contract.actor, "number": number}
        market.do(deliveries.accept, allowed=False, **by_other)
    elif dice < 0.3:
        mend = {"note": "누수", "mend_by": today_of(market) + timedelta(days=3)}
        market.must(deliveries.order_correction, by=by, number=number, **mend)
    else:
        market.do(deliveries.accept, by=by, number=number)


def _amend(
    market: "Market", deal: "Deal", row: contract_queries.ContractRow, accepted: int
) -> None:
    """Another value, sometimes below what is accepted, which may not come into force."""
    deal.way.amended = True
    value = max(1, row.value * market.chance.choice((60, 90, 95, 110)) // 100)
    change = {"value": value, "ends": row.ends, "reason": "설계 변경"}
    by = {"by": deal.agency.contract.actor, "number": row.number}
    if market.do(contracts.propose_amendment, **by, **change) is None:
        return
    if value < accepted or market.chance.random() < 0.2:
        market.must(contracts.withdraw_amendment, **by)
        return
    sign(market, deal, contracts.agree_amendment, row, "supplier")
    security = contract_queries.security_in_play(row)
    if not security.enough:
        sign(market, deal, contracts.conclude_amendment, row, "buyer", allowed=False)
        more = {"kind": "bond", "amount": security.missing, "issuer": "조합", "until": row.ends}
        market.must(contracts.record_security, **by, **more)
    sign(market, deal, contracts.conclude_amendment, row, "buyer")


def today_of(market: "Market") -> Any:
    """The day in Korea."""
    now: datetime = market.now()
    return now.astimezone(KST).date()
