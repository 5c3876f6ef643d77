"""What is claimed, returned, ordered, bounced and confirmed after works were accepted."""

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from jangteo.interfaces.rehearsal.simulation import way
from jangteo.interfaces.rehearsal.simulation.watch import Violation
from jangteo.records.account.queries import Actor
from jangteo.stages.contract import actions as contracts
from jangteo.stages.contract import queries as contract_queries
from jangteo.stages.payment import actions as payments
from jangteo.stages.payment import queries
from jangteo.stages.payment.queries import ClaimRow, LeafGiven

if TYPE_CHECKING:
    from jangteo.interfaces.rehearsal.simulation.market import Deal, Market

#: last digits of accounts: mostly sound; the others make the bank late, lose, repeat or bounce
DIGITS = ("1001",) * 8 + tuple(f"90{one:02d}" for one in (1, 2, 3, 4, 5, 6, 8, 9, 10))
BANKS = ("004", "020", "088")
#: how often the partners are waited for before a claim counts as stuck
PATIENCE = 60


def go(market: "Market", deal: "Deal") -> None:
    """Bring a tender forward behind its result, in the order of the law."""
    deal.way.begun = True
    if way.award(market, deal) or way.contract(market, deal):
        return
    row = contract_queries.contract_of_tender(deal.number)
    if row is None:
        return
    supplier = way.supplier_of(market, row.supplier_identifier)
    claims = queries.contract_claims(supplier.actor, row.number, at=market.now())
    pressing = [one for one in claims if one.open]
    free = queries.claimable(row.number)
    if pressing and (free.left <= 0 or market.chance.random() < 0.7):
        _forward(market, deal, pressing[0])
    elif free.left > 0 and market.chance.random() < 0.6:
        _claim(market, deal, row)
    elif not way.works(market, deal, row) and not pressing and free.left <= 0:
        deal.way.ended = row.status


def idle(market: "Market", deal: "Deal") -> None:
    """Time goes by while nobody acts: clocks of the law run out and must say so."""
    days = market.chance.choice((1, 4, 9))
    market.note(f"{days} days")
    market.forward_by(timedelta(days=days))


def _hire(market: "Market", deal: "Deal", row: contract_queries.ContractRow) -> str:
    """The acknowledged subcontract of a contract, made if it may still be; "" if there is none."""
    known = list(contract_queries.subcontracts(row.number))
    if known or row.status != "active":
        return known[0].number if known and known[0].status == "acknowledged" else ""
    others = [one for one in market.suppliers if one.identifier != row.supplier_identifier]
    hired = next((one for one in others if one.active), None)
    if hired is None:
        return ""
    today = way.today_of(market)
    made = market.do(
        contracts.register_subcontract,
        by=way.supplier_of(market, row.supplier_identifier).actor, number=row.number,
        subcontractor=hired.identifier, work="방수", amount=row.value // 2,
        starts=today, ends=row.ends, signed_on=today,
    )  # fmt: skip
    if made is None:
        return ""
    market.must(contracts.agree_subcontract, by=hired.actor, number=made.number)
    by = deal.agency.contract.actor
    market.must(contracts.acknowledge_subcontract, by=by, number=made.number)
    return made.number


def leaves(market: "Market", amount: int, under: str) -> list[LeafGiven]:
    """A random tree that sums to an amount; under: number of a subcontract, or ""."""
    made, left = [], amount
    for kind, branch in (("worker", ""), ("subcontractor", under), ("worker", under)):
        if kind == "subcontractor" and not under:
            continue
        won = left * market.chance.randrange(1, 25) // 100
        if won:
            made.append(LeafGiven(kind, "김하늘", *_account(market), won, branch))
            left -= won
    return [*made, LeafGiven("prime", "", *_account(market), left)]


def _account(market: "Market") -> tuple[str, str]:
    chance = market.chance
    digits = f"{chance.randrange(10**5, 10**6)}{chance.choice(DIGITS)}"
    return chance.choice(BANKS), digits


def _claim(market: "Market", deal: "Deal", row: contract_queries.ContractRow) -> None:
    """Claim what is accepted; sometimes a won too much, sometimes leaves that do not sum."""
    free = queries.claimable(row.number)
    by = way.supplier_of(market, row.supplier_identifier).actor
    under = _hire(market, deal, row)
    amount = free.left if market.chance.random() < 0.7 else max(1, free.left // 2)
    dice, tree = market.chance.random(), leaves(market, amount, under)
    words = {"by": by, "number": row.number}
    if dice < 0.1:
        over = leaves(market, free.left + 1, "")
        market.do(payments.file, allowed=False, **words, amount=free.left + 1, leaves=over)
    elif dice < 0.2:
        market.do(payments.file, allowed=False, **words, amount=amount - 1, leaves=tree)
    else:
        market.do(payments.file, **words, amount=amount, leaves=tree)


def _forward(market: "Market", deal: "Deal", claim: ClaimRow) -> None:
    chance, agency, number = market.chance, deal.agency, claim.number
    officer, payer = {"by": agency.contract.actor, "number": number}, {"by": agency.disbursing}
    dice = chance.random()
    row = contract_queries.contract(claim.contract_number)
    supplier = way.supplier_of(market, row.supplier_identifier).actor
    if claim.status == "filed" and dice < 0.2:
        market.must(payments.send_back, **officer, reason="계좌 확인")
    elif claim.status == "filed":
        market.must(payments.approve, **officer)
    elif claim.status == "returned":
        again = leaves(market, claim.amount, "")
        words = {"by": supplier, "number": number, "amount": claim.amount, "leaves": again}
        market.do(payments.file_again, **words)
    elif claim.status == "approved" and dice < 0.15:
        market.do(payments.order, allowed=False, **officer)
    elif claim.status == "approved":
        if market.do(payments.order, **payer, number=number) is None:
            _wait(market, deal)
    else:
        _follow(market, deal, claim)


def _follow(market: "Market", deal: "Deal", claim: ClaimRow) -> None:
    """The money is on its way: accounts are corrected, partners waited for."""
    row = contract_queries.contract(claim.contract_number)
    by = way.supplier_of(market, row.supplier_identifier).actor
    bounced = [leaf for leaf in claim.leaves if leaf.status == "bounced"]
    if bounced:
        at = bounced[0].position
        right = {"position": at, "bank": "020", "account": f"10{at:04d}771001"}
        market.must(payments.correct_account, by=by, number=claim.number, **right)
        return
    there = [leaf for leaf in claim.leaves if leaf.status == "credited"]
    if there and market.chance.random() < 0.3:
        token = queries.token_of(there[0].id)
        market.must(payments.say, by=by, token=token, said="received")
    _wait(market, deal)


def _wait(market: "Market", deal: "Deal") -> None:
    """Some time passes for the partners; what never comes to an end is at fault."""
    deal.way.rounds += 1
    if deal.way.rounds > PATIENCE:
        raise Violation(f"the money of {deal.number} comes to no end")
    market.forward_by(timedelta(seconds=market.chance.choice((40, 400))))
    market.partners.work()


def check(market: "Market") -> None:
    """The bank's own ledger: each leaf paid at most once, and exactly what we call credited."""
    paid = market.partners.paid()
    twice = [key for key, count in Counter(key for key, _ in paid.elements()).items() if count > 1]
    if twice:
        raise Violation(f"the bank has paid {twice[0]} more than once")
    for deal in market.deals:
        row = contract_queries.contract_of_tender(deal.number) if deal.way.begun else None
        if row is not None and row.stands:
            look(deal.agency.disbursing, row.number, set(paid), at=market.now())


def look(by: Actor, number: str, paid: set[tuple[str, int]], *, at: datetime) -> None:
    """Violation unless a contract's claims say what the bank did and what is late.

    by: the agency's disbursing officer; paid: (leaf, won) that the bank has moved.
    """
    late: set[str] = set()
    for claim in queries.contract_claims(by, number, at=at):
        for leaf in claim.leaves:
            if (
                leaf.status == "credited"
                and (f"{claim.number}-{leaf.position}", leaf.amount) not in paid
            ):
                raise Violation(f"{claim.number}-{leaf.position} is credited and was never paid")
        if claim.status == "returned":  # its clock stands still until it is filed again
            continue
        is_late = claim.open and _is_late(claim, at)
        if claim.open and claim.late != is_late:
            raise Violation(f"{claim.number} is due {claim.due} and is not said to be late")
        late |= {claim.number} if is_late else set()
    if late:
        groups = [group for group in queries.due_list(by, at) if group.code == "late"]
        missing = late - {one.number for group in groups for one in group.claims}
        for number in sorted(missing):
            raise Violation(f"{number} is late and the agency's list does not say so")


def _is_late(claim: ClaimRow, at: datetime) -> bool:
    """Whether a leaf was or is paid after the due day.

    What a payee's wrong account sent back counts as paid when the budget system released it.
    """
    for leaf in claim.leaves:
        sent_back = leaf.status == "bounced" or leaf.attempt > 1
        paid = claim.released_at if sent_back else leaf.credited_at
        if (paid or at) >= claim.due:
            return True
    return False
