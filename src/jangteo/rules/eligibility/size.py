"""Sizes of enterprises: goods and services reserved to small, or to small and medium ones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.eligibility.verdict import Verdict

#: 소상공인, 소기업, 벤처기업, 창업기업
SMALL = ("micro", "small", "startup", "venture")
#: 중소기업자: the small ones are among them
MEDIUM = (*SMALL, "medium")


@dataclass(frozen=True, slots=True)
class Reserved:
    """sizes: to whom a tender may be reserved, () if to nobody; reasons: why."""

    sizes: tuple[str, ...]
    reasons: tuple[Reason, ...]


def reserved(
    *, regime: str, category: str, estimated_price: int, on: date, engineering: bool = False
) -> Reserved:
    """To which sizes a tender of this estimated price (without VAT) may be reserved.

    Below 100 million won small enterprises, below the threshold of the State Contracts Act small
    and medium ones; works to nobody by this article, and services to nobody either where they are
    `engineering`: 엔지니어링사업 of 엔지니어링산업 진흥법 제2조제3호 or 건설엔지니어링 of 건설기술
    진흥법 제2조제3호. Law: 국가계약법 시행령 제21조제1항제10호; 지방계약법 시행령
    제20조제1항제12호. `on` is the day of posting.
    """
    try:
        row = table("eligibility/size").on(on, regime=regime, category=category)
    except RuleMissing:
        return Reserved((), ())
    if engineering and category == "services":
        text = N_("Engineering services are reserved to nobody by the size of the enterprise.")
        return Reserved((), (row.reason("eligibility.size.engineering", text),))
    limit = table("deadline/international").on(on, regime="national", category=category)
    small_below, below = row.integer("small_below"), limit.integer()
    if estimated_price >= below:
        text = N_("From {below:,} won on nothing is reserved to small or medium enterprises.")
        return Reserved((), (row.reason("eligibility.size.open", text, below=below),))
    small = estimated_price < small_below
    text = (
        N_("Below {below:,} won it may be reserved to small enterprises.")
        if small
        else N_("Below {below:,} won it may be reserved to small and medium enterprises.")
    )
    reason = row.reason("eligibility.size", text, below=small_below if small else below)
    return Reserved(SMALL if small else MEDIUM, (reason,))


def check(held: Collection[str], allowed: Collection[str], *, regime: str) -> Verdict:
    """Whether a supplier of these sizes may bid where the notice admits the allowed ones only.

    No sizes allowed mean that everybody may bid. Law: as `reserved`.
    """
    laws = {
        "national": "국가계약법 시행령 제21조제1항제10호",
        "local": "지방계약법 시행령 제20조제1항제12호",
    }
    fits = not allowed or bool(set(held) & set(allowed))
    text = (
        N_("The size of the enterprise is one that the notice admits.")
        if fits
        else N_("The notice is reserved to smaller enterprises.")
    )
    return Verdict(fits, (Reason("eligibility.size.check", text, {}, laws[regime]),))
