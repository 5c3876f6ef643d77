"""What agencies do before the deadline, rightly and wrongly."""

import random
from datetime import timedelta

from django.db import connection

from jangteo.interfaces.rehearsal.simulation.cast import TRADE, Agency
from jangteo.interfaces.rehearsal.simulation.market import Deal, Market
from jangteo.interfaces.rehearsal.simulation.watch import Violation
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.queries import keys_statement
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.actions import close

STYLES = ("free", "free", "free", "shortage", "ties", "single", "nobody", "same_price")


#: what a quotation buys -> its terms, and the lowest and highest base amount
BOUGHT: dict[str, tuple[dict[str, object], int, int]] = {
    "works": ({"category": "works", "licences": [TRADE]}, 30_000_000, 440_000_000),
    "goods": ({"category": "goods"}, 8_000_000, 110_000_000),
    "small": ({"category": "goods"}, 5_000_000, 22_000_000),
    "services": ({"category": "services"}, 8_000_000, 110_000_000),
    "labour": ({"category": "services", "service_kind": "simple_labour"}, 8_000_000, 110_000_000),
}
#: of a state agency's competitions, those for large works; and what their notices name
LARGE = 0.5
DIFFICULTIES = ("0.80", "0.85", "0.90", "0.95", "1.00")
LETTERS = "가나다라마바사아자차카타파하"


def draft(market: Market) -> None:
    """Begin a competition or ask for quotations; half are given their 15 rates by the seed."""
    chance = market.chance
    agency = chance.choice(market.agencies)
    begin = chance.choice((draft_works, draft_works, ask_for_quotations))
    deal = begin(market, agency)
    if chance.random() < 0.5:
        give_rates(deal.number, 3000 if agency.regime == "local" else 2000, chance)
    market.deals.append(deal)
    market.note(f"{deal.number} {deal.style}")


def ask_for_quotations(market: Market, agency: Agency) -> Deal:
    """A small-value quotation in one step; above its limit it is refused and nothing is begun."""
    chance = market.chance
    terms, lowest, highest = BOUGHT[chance.choice(sorted(BOUGHT))]
    told = {"procedure": "quotation", "title": _title(market, "견적"), "site": "모의시", **terms}
    told |= {"regions": chance.choice(([], ["11"])), "base_amount": highest + 1_000_000}
    by = agency.contract.actor
    if highest > 100_000_000:
        market.do(actions.draft_at_once, allowed=False, by=by, changes=told)
    told["base_amount"] = chance.randrange(lowest, highest, 1000)
    tender = market.must(actions.draft_at_once, by=by, changes=told)
    return Deal(agency, tender.number, chance.choice(STYLES))


def draft_works(market: Market, agency: Agency) -> Deal:
    """A competition for works with all its terms."""
    chance = market.chance
    tender = market.must(
        actions.draft_tender, by=agency.contract.actor, title=_title(market, "공사")
    )
    deal = Deal(agency, tender.number, chance.choice(STYLES))
    base = chance.randrange(80_000_000, 900_000_000, 1000)
    terms = {
        "site": "모의시",
        "description": "모의 입찰입니다.",
        "base_amount": base,
        "estimated_price": base * 10 // 11,
        "budget_amount": base * 6 // 5,
        "a_value": chance.choice((0, base // 37)),
        "base_net_cost": chance.choice((None, base * 4 // 5, base * 93 // 100, base * 19 // 20)),
        "licences": [TRADE],
        "regions": chance.choice(([], [], ["11"])),
    }
    if chance.random() < 0.3:
        terms |= {"mean_of": "unrounded", "mean_rounding": chance.choice(("up", "down"))}
    terms |= _large(market, agency, base)
    market.must(actions.save_draft, by=agency.contract.actor, number=deal.number, changes=terms)
    schedule(market, deal)
    return deal


def _large(market: Market, agency: Agency, base: int) -> dict[str, object]:
    """Now and then, of a state agency, works whose notice must name a difficulty.

    Its own chance, so that all other choices of a seed stay what they are. From 5.9 to 10 billion
    won with VAT: below where the law no longer screens.
    """
    own = random.Random(f"large {market.seed} {len(market.deals)}")
    if agency.regime != "national" or own.random() >= LARGE:
        return {}
    base, named = 5_500_000_000 + 5 * base, own.choice(DIFFICULTIES)
    market.note(f"large works of difficulty {named}")
    return {
        "base_amount": base, "estimated_price": base * 10 // 11, "budget_amount": base * 6 // 5,
        "a_value": base // 37, "base_net_cost": base * 4 // 5, "difficulty": named, "regions": [],
    }  # fmt: skip


def _title(market: Market, what: str) -> str:
    """No two notices buy the same: else amounts ten times apart would rightly be doubted."""
    turn, letter = divmod(len(market.deals), len(LETTERS))
    return f"모의 {what} {LETTERS[letter] * (turn + 1)}"


def give_rates(number: str, span: int, chance: random.Random) -> None:
    """Fifteen rates of the sandbox; span: how far around 100 percent, in thousandths."""
    below = chance.sample(range(100_000 - span, 100_000), 8)
    grid = below + chance.sample(range(100_000, 100_001 + span), 7)
    chance.shuffle(grid)
    rates = ", ".join(f'"{rate // 1000}.{rate % 1000:03d}"' for rate in grid)
    with connection.cursor() as cursor:
        cursor.execute("insert into sandbox.given_rates values (%s, %s)", [number, f"[{rates}]"])


def schedule(market: Market, deal: Deal) -> None:
    """The earliest lawful schedule, up to five hours later so that tenders do not end together."""
    found = queries.tender_for(deal.agency.contract.actor, deal.number).draft
    current = queries.current_notice(deal.number)
    lawful = queries.suggestion(found, at=market.now(), current=current)  # type: ignore[arg-type]
    if lawful is None:
        raise Violation("no lawful schedule was found")
    later = timedelta(hours=market.chance.randrange(6))
    if current and current.deadline:
        later = timedelta()
    changes = {"bidding_from": lawful.bidding_from, "deadline": lawful.deadline + later}
    by = deal.agency.contract.actor
    market.must(actions.save_draft, by=by, number=deal.number, changes=changes)
    deal.keyed = None


def make_keys(market: Market, deal: Deal) -> None:
    """Ask the custodians, bring the officer's keys and the agency's seed."""
    by, number = deal.agency.contract.actor, deal.number
    renew = market.chance.random() < 0.2
    asked = market.do(actions.ask_for_keys, by=by, number=number, renew=renew)
    if asked is None:
        schedule(market, deal)
        return
    market.custodians_work()
    if keys_there(asked.scope):
        take_care(market, deal)
        deal.keyed = asked.deadline
        return
    made = seal.make_lot_keys(scope=asked.scope, custodian="officer", deadline=asked.deadline)
    officer = deal.agency.opening
    words = {"statement": made.statement, "wrapped": ""}
    stranger = seal.fresh_signing_key()
    market.do(
        actions.add_custody, by=officer.actor, number=number, allowed=False,
        signer_key=seal.public_of(stranger),
        signature=b64u(seal.sign(stranger, made.statement.encode())), **words,
    )  # fmt: skip
    market.must(
        actions.add_custody, by=officer.actor, number=number, signer_key=officer.public,
        signature=b64u(seal.sign(officer.key, made.statement.encode())), **words,
    )  # fmt: skip
    deal.privates[asked.scope] = made.price_private
    bring_seed(market, deal, asked.scope)
    market.custodians_work()
    take_care(market, deal)
    deal.keyed = asked.deadline


def take_care(market: Market, deal: Deal) -> None:
    """The contract officer may not enter the figures twice; the opening officer does, unseen."""
    officer, second, number = deal.agency.contract.actor, deal.agency.opening.actor, deal.number
    row = queries.care_for(officer, number, at=market.now())
    if row.second.state == "missing":
        drafted = queries.draft(officer, number)
        values = {name: getattr(drafted, name) for name in queries.TWICE}
        if queries.draft(second, number).base_amount is not None:
            raise Violation("the second person saw the first one's figures")
        words = {"number": number, "values": values}
        market.do(actions.second_entry, by=officer, allowed=False, **words)
        wrong = values | {"base_amount": values["base_amount"] + 1}
        if market.must(actions.second_entry, by=second, number=number, values=wrong) != (
            "base_amount",
        ):
            raise Violation("a different base amount was not noticed")
        market.must(actions.second_entry, by=second, **words)
    row = queries.care_for(officer, number, at=market.now())
    if row.examples:
        market.must(actions.see_examples, by=officer, number=number, seen=row.examples.hash)
    for one in (doubt for doubt in row.doubts if doubt.state != "answered"):
        told = {"number": number, "code": one.finding.code}
        market.must(actions.give_reason, by=officer, reason="설계서와 대조함", **told)
        if row.second.two_override:
            market.do(actions.agree_reason, by=officer, allowed=False, **told)
            market.must(actions.agree_reason, by=second, **told)


def keys_there(scope: str) -> bool:
    """Whether the custody of a scope is complete, as after asking twice for the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from jangteo_vault_lotkey where scope = %(s)s) = 3"
            " and (select count(*) from jangteo_vault_seed where scope = %(s)s) = 2",
            {"s": scope},
        )
        return bool(cursor.fetchone()[0])


def bring_seed(market: Market, deal: Deal, scope: str) -> None:
    """The agency's half of the chance, made from the simulation's own seed."""
    made = seal.seal_seed(
        scope=scope, maker="agency", keys_statement=keys_statement(scope).text,
        chance=market.chance.randbytes,
    )  # fmt: skip
    market.must(
        actions.add_agency_seed, by=deal.agency.opening.actor, number=deal.number,
        sealed=made.sealed, commitment=made.commitment,
    )  # fmt: skip


def publish(market: Market, deal: Deal) -> None:
    """Publish; if too much time has gone by, make a new schedule."""
    notice = market.do(actions.publish, by=deal.agency.contract.actor, number=deal.number)
    if notice is None:
        schedule(market, deal)
        return
    deal.status, deal.keyed = "active", None
    in_force(market, deal)


def in_force(market: Market, deal: Deal) -> None:
    """Take up the version in force and find those who mean to bid for it."""
    deal.notice = queries.notice(deal.number)
    deal.correcting, deal.keyed = False, None
    many = {"single": 1, "nobody": 0, "shortage": 3}.get(deal.style, market.chance.randrange(2, 7))
    able = [one for one in market.suppliers if deal.eligible(one)]
    deal.wanted = market.chance.sample(able, min(many, len(able)))


def start_correction(market: Market, deal: Deal) -> None:
    """Begin a correction, with a later deadline."""
    by = deal.agency.contract.actor
    market.must(actions.start_correction, by=by, number=deal.number)
    changes = {"correction_reason": "면적을 잘못 적었습니다."}
    market.must(actions.save_draft, by=by, number=deal.number, changes=changes)
    schedule(market, deal)
    deal.correcting = True


def correct(market: Market, deal: Deal) -> None:
    """Publish the correction: every bid for the version before becomes void."""
    before = deal.force.version
    notice = market.do(actions.correct, by=deal.agency.contract.actor, number=deal.number)
    if notice is None:
        deal.keyed = None
        if market.now() < deal.due("deadline"):
            schedule(market, deal)
        return
    in_force(market, deal)
    if deal.force.version != before + 1:
        raise Violation("a correction did not become the next version")


def abandon(market: Market, deal: Deal) -> None:
    """Throw the correction away."""
    market.must(actions.abandon_correction, by=deal.agency.contract.actor, number=deal.number)
    deal.correcting, deal.keyed = False, None


def cancel(market: Market, deal: Deal) -> None:
    """Cancel with a reason; after the announced opening it is too late."""
    lawful = deal.notice is None or market.now() < deal.due("opening_at")
    done = market.do(
        actions.cancel, allowed=lawful and deal.status in ("draft", "active"),
        by=deal.agency.contract.actor, number=deal.number, reason="예산이 취소되었습니다.",
    )  # fmt: skip
    if done is not None:
        deal.status = "cancelled"
        market.outcomes["cancelled"] = market.outcomes.get("cancelled", 0) + 1


def wrong(market: Market, deal: Deal) -> None:
    """Something that nobody may do now, by somebody of the agency or of another."""
    mine, number = deal.agency, deal.number
    others = [one for one in market.agencies if one is not mine]
    supplier = market.chance.choice(market.suppliers)
    unkeyed = deal.status != "draft" or deal.keyed is None
    deeds = [
        (actions.publish, {"by": mine.opening.actor}),
        (actions.publish, {"by": market.chance.choice(others).contract.actor}),
        (actions.publish, {"by": supplier.actor}),
        (actions.cancel, {"by": mine.contract.actor, "reason": "  "}),
        (actions.cancel, {"by": mine.opening.actor, "reason": "마음대로"}),
        (actions.save_draft, {"by": mine.contract.actor, "changes": {"base_amount": "많이"}}),
        (actions.save_draft, {"by": supplier.actor, "changes": {"title": "내 것"}}),
        (close, {"by": supplier.actor, "verb": "open"}),
    ]
    if unkeyed:
        deeds.append((actions.publish, {"by": mine.contract.actor}))
    if deal.status == "active" and market.now() < deal.due("deadline"):
        deeds += [(close, {"by": mine.opening.actor, "verb": verb}) for verb in ("open", "fail")]
    if deal.status == "active" and market.now() >= deal.due("deadline"):
        deeds.append((actions.start_correction, {"by": mine.contract.actor}))
        deeds.append((actions.correct, {"by": mine.contract.actor}))
    action, words = market.chance.choice(deeds)
    market.do(action, allowed=False, number=number, **words)


def other_deadline(market: Market, deal: Deal) -> None:
    """Change the deadline after the keys were made: they name the old one, so publishing fails."""
    if deal.keyed is None or deal.status != "draft":
        return
    by, number = deal.agency.contract.actor, deal.number
    later = deal.keyed + timedelta(minutes=7)
    market.must(actions.save_draft, by=by, number=number, changes={"deadline": later})
    market.do(actions.publish, allowed=False, by=by, number=number)
    deal.keyed = None
