"""Licences: the construction trades a supplier must be registered for (업종)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.verdict import Verdict

TABLE = "eligibility/licences"
LAW = "국가계약법 시행령 제12조제1항제2호 · 지방계약법 시행령 제13조제1항제1호"


@dataclass(frozen=True, slots=True)
class Licence:
    """A trade; kind: general, specialty, electrical, telecom or fire; law: that requires it."""

    code: str
    kind: str
    ko: str
    en: str
    law: str


def licences(on: date) -> list[Licence]:
    """All trades on a day, in the order of the table eligibility/licences."""
    return [_licence(row) for row in table(TABLE).all_on(on)]


def _licence(row: Row) -> Licence:
    return Licence(row.where["code"], row.text("kind"), row.text("ko"), row.text("en"), row.law)


def works_kind(required: Collection[str], *, on: date) -> str:
    """ "general" if a general trade is among the required ones, otherwise "other"."""
    kinds = {licence.kind for licence in _known(required, on)}
    return "general" if "general" in kinds else "other"


def quoted_kinds(required: Collection[str], *, on: date) -> tuple[str, ...]:
    """The kinds of works by which the limits of quotations differ: general, specialty, other.

    Without a required licence: other. Law: 국가계약법 시행령 제26조제1항제5호가목1); 지방계약법
    시행령 제25조제1항제5호가목.
    """
    named = {"general": "general", "specialty": "specialty"}
    kinds = {named.get(licence.kind, "other") for licence in _known(required, on)}
    return tuple(sorted(kinds)) or ("other",)


def check(held: Collection[str], required: Collection[str], *, on: date) -> Verdict:
    """Whether a supplier holds one of the required licences; any one of them suffices.

    No required licence means that none is needed. `on` is the tender's rule day. Raises Refusal
    "tender.licences.unknown" for a required code that is not in the table. Law: 국가계약법
    시행령 제12조제1항제2호; 지방계약법 시행령 제13조제1항제1호: what other laws require.
    """
    needed = _known(required, on)
    fitting = [licence for licence in needed if licence.code in held]
    if not needed:
        text = N_("The notice requires no licence.")
    elif fitting:
        text = N_("Registered for {fitting}, one of the trades the notice requires.")
    else:
        text = N_("Not registered for any of the trades the notice requires: {needed}.")
    params = {
        "fitting": ", ".join(licence.ko for licence in fitting),
        "needed": ", ".join(licence.ko for licence in needed),
    }
    law = " · ".join([LAW, *sorted({licence.law for licence in fitting or needed})])
    return Verdict(not needed or bool(fitting), (Reason("eligibility.licence", text, params, law),))


def _known(codes: Collection[str], on: date) -> list[Licence]:
    unknown = sorted(set(codes) - {licence.code for licence in licences(on)})
    if unknown:
        raise Refusal(
            "tender.licences.unknown",
            N_("There is no trade {codes}."),
            repair=N_("Choose trades of the list."),
            field="licences",
            codes=", ".join(unknown),
        )
    return [_licence(table(TABLE).on(on, code=code)) for code in codes]
