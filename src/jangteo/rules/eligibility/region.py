"""Regions: tenders reserved to suppliers whose head office lies in a province (지역제한)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.verdict import Verdict

LAWS = {
    "national": "국가계약법 시행규칙 제25조제3항",
    "local": "지방계약법 시행규칙 제25조제3항",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A province or metropolitan city; short: as in addresses, 서울."""

    code: str
    ko: str
    short: str
    en: str


def regions(on: date) -> list[Region]:
    """All regions on a day, by code. Source: first two digits of the administrative codes."""
    return [
        Region(row.where["code"], row.text("ko"), row.text("short"), row.text("en"))
        for row in table("eligibility/regions").all_on(on)
    ]


def check(office: str, allowed: Collection[str], *, regime: str, on: date) -> Verdict:
    """Whether a supplier's head office (province code) lies in one of the allowed regions.

    No regions mean that the whole country may take part. `on` is the tender's rule day.
    Law: 국가계약법 시행규칙 제25조제3항; 지방계약법 시행규칙 제25조제3항.
    """
    names = {region.code: region.ko for region in regions(on)}
    if not allowed:
        text = N_("The tender is open to the whole country.")
    elif office in allowed:
        text = N_("The head office lies in {office}, which the notice admits.")
    else:
        text = N_("The head office lies in {office}; the notice admits {allowed} only.")
    params = {
        "office": names.get(office, office),
        "allowed": ", ".join(names.get(code, code) for code in sorted(allowed)),
    }
    reason = Reason("eligibility.region", text, params, LAWS[regime])
    return Verdict(not allowed or office in allowed, (reason,))


def check_restriction(
    allowed: Collection[str], *, regime: str, kind: str, estimated_price: int, on: date,
    treaty: bool = True,
) -> list[Reason]:  # fmt: skip
    """Whether a tender of this kind and size may be reserved to regions at all.

    kind "general" for all-trades construction (종합공사), "other" for specialty and other
    trades, "quotation" for small-value quotations, "goods", "services"; of the services under the
    Local Contracts Act, "engineering" for 건설기술, 설계·공사감리 and 엔지니어링기술, and "safety"
    for 안전점검·정밀안전진단. treaty: whether the local government is one to which 지방계약법
    제5조제1항 applies, no 군 or 구 of 서울, 부산 or 인천; goods and other services of all others
    have a higher limit. The estimated price must be below the limit of
    eligibility/region_limit on the day of posting, and no more regions named than it allows.
    Raises Refusal "tender.regions.price_too_high", "tender.regions.too_many", or
    "tender.regions.unknown" for a code that is no region. Law: 시행규칙 제24조 of both acts;
    quotations: 국가계약법 시행규칙 제33조제2항.
    """
    if not allowed:
        return []
    _all_known(allowed, on)
    row = table("eligibility/region_limit").on(on, regime=regime, kind=kind)
    most = int(row.values.get("most", "0"))
    if most and len(set(allowed)) > most:
        raise _too_many(row, most)
    if row.value == "none":
        text = N_("A quotation may be reserved to the region where the work or delivery lies.")
        return [row.reason("eligibility.region.restriction", text)]
    limit = _limit(row, regime, on, treaty)
    works = kind in ("general", "other")
    if estimated_price >= limit:
        raise Refusal(
            "tender.regions.price_too_high",
            N_("Works may be reserved to a region only below {limit:,} won.")
            if works
            else N_("A purchase may be reserved to a region only below {limit:,} won."),
            repair=N_("Open the tender to the whole country."),
            law=row.law,
            field="regions",
            limit=limit,
        )
    text = (
        N_("Works below {limit:,} won may be reserved to a region.")
        if works
        else N_("Purchases below {limit:,} won may be reserved to a region.")
    )
    return [row.reason("eligibility.region.restriction", text, limit=limit)]


def _all_known(allowed: Collection[str], on: date) -> None:
    unknown = sorted(set(allowed) - {region.code for region in regions(on)})
    if unknown:
        raise Refusal(
            "tender.regions.unknown",
            N_("There is no region {codes}."),
            repair=N_("Choose regions of the list."),
            field="regions",
            codes=", ".join(unknown),
        )


def _limit(row: Row, regime: str, on: date, treaty: bool) -> int:
    if not treaty and "otherwise" in row.values:
        return row.integer("otherwise")
    if row.value == "international":
        kind = row.where["kind"]
        category = kind if kind in ("goods", "services") else "works"
        return table("deadline/international").on(on, regime=regime, category=category).integer()
    return row.integer()


def _too_many(row: Row, most: int) -> Refusal:
    return Refusal(
        "tender.regions.too_many",
        N_("A quotation is reserved to {most} region at most: where the work or delivery lies."),
        repair=N_("Choose that region only, or open the quotation to the whole country."),
        law=row.law,
        field="regions",
        most=most,
    )
