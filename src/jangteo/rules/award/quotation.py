"""Small-value quotation (소액수의 견적): how large it may be, who may quote, and who is chosen."""

from collections.abc import Collection, Sequence
from datetime import date

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason
from jangteo.rules.award import ranking
from jangteo.rules.award.method import Method
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.licence import quoted_kinds
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.rules.price.floor import Floor
from jangteo.rules.price.net_cost import NetCost
from jangteo.rules.price.reserve import Reserve

LAW = "국가계약법 시행령 제30조 · 지방계약법 시행령 제30조"

_KINDS = {
    "general": N_("General construction"),
    "specialty": N_("Specialty construction"),
    "other": N_("Electrical, telecommunications, fire protection and other works"),
    "goods": N_("Goods"),
    "services": N_("Services"),
}


def allowed(
    *, estimated_price: int, category: str, licence: Collection[str], regime: str, on: date
) -> Verdict:
    """Whether a quotation may be asked for at this estimated price (without VAT), and why.

    licence: the trades that the notice names; of several kinds the one with the lowest limit
    counts, and works without any count as other works. The limit itself is inside. `on` is the
    day of posting. Law: 국가계약법 시행령 제26조제1항제5호가목; 지방계약법 시행령 제25조제1항제5호.
    """
    rows = [
        table("award/quotation_limit").on(on, regime=regime, category=category, kind=kind)
        for kind in (quoted_kinds(licence, on=on) if category == "works" else ("*",))
    ]
    row = min(rows, key=lambda one: one.integer("limit"))
    kind = row.where["kind"] if category == "works" else category
    within = estimated_price <= row.integer("limit")
    text = (
        N_("{kind}: a quotation may be asked for up to {limit:,} won; this is {price:,} won.")
        if within
        else N_("{kind}: a quotation is possible up to {limit:,} won only; this is {price:,} won.")
    )
    said = row.reason(
        "award.quotation.limit", text,
        kind=_KINDS[kind], limit=row.integer("limit"), price=estimated_price,
    )  # fmt: skip
    return Verdict(within, (said, *_who(row, estimated_price)))


def _who(row: Row, estimated_price: int) -> tuple[Reason, ...]:
    """From which price on only small enterprises are contracted with; nothing below it."""
    anyone = int(row.values.get("anyone", "0"))
    if not anyone or estimated_price <= anyone:
        return ()
    text = N_("Above {anyone:,} won the contract is made with a small or micro enterprise only.")
    return (row.reason("award.quotation.small_enterprise", text, anyone=anyone),)


def rank(
    bids: Sequence[Bid], reserve: Reserve, floor: Floor, *, net: NetCost | None = None
) -> list[Ranked]:
    """Rank quotations as bids are ranked: the lowest at or above the floor price comes first.

    A quotation is no competition, so no net-cost line holds for it: Fault if one is given.
    There is no examination: the first is asked for the contract, equal firsts are drawn by lot.
    Law: 국가계약법 시행령 제30조, 시행규칙 제32조; 지방계약법 시행령 제30조제5항.
    """
    if net is not None:
        raise Fault("a quotation has no net-cost line")
    return ranking.rank(bids, reserve, floor, law=LAW, ties=LAW)


METHOD = Method(
    rank=rank,
    examined=N_("Check of the quotation"),
    laws={"national": "국가계약법 시행령 제30조", "local": "지방계약법 시행령 제30조"},
    inputs=frozenset({"reserve_price", "amount"}),
    allowed=allowed,
)
