"""Title and place against category, licences and regions."""

import re
from itertools import chain

from jangteo.ground.errors import N_
from jangteo.rules.dated import Row, table
from jangteo.rules.entry.finding import WARNING, Entered, Finding


def _about(entered: Entered) -> Row | None:
    """The first row of `entry/words` whose words the title holds."""
    rows = table("entry/words").all_on(entered.on)
    return next((row for row in rows if re.search(row.text("words"), entered.title)), None)


def category(entered: Entered) -> list[Finding]:
    """A title that ends as works do, under goods, and the like."""
    row = _about(entered)
    if row is None or row.text("category") == entered.category:
        return []
    text = N_("The title sounds like another category than the one chosen.")
    repair = N_("Choose the category that the title says, or write the title more clearly.")
    return [Finding(WARNING, "entry.category.unlike_title", text, repair, row.law, "title", row.id)]


def licences(entered: Entered) -> list[Finding]:
    """None of the licences asked for fits what the title names."""
    row = _about(entered)
    if row is None or not entered.licences or not row.text("licences"):
        return []
    fitting = row.text("licences").split()
    if set(fitting) & set(entered.licences):
        return []
    text = N_("None of the licences asked for belongs to what the title names: {asked}.")
    repair = N_("Check the licences against the design papers; these would fit: {fitting}.")
    named = {"asked": _names(entered.licences, entered), "fitting": _names(fitting, entered)}
    return [
        Finding(
            WARNING, "entry.licences.unlike_title", text, repair, row.law, "licences", row.id, named
        )
    ]  # fmt: skip


def _names(codes: tuple[str, ...] | list[str], entered: Entered) -> str:
    known = {row.where["code"]: row.text("ko") for row in table("eligibility/licences").rows}
    return ", ".join(known.get(code, code) for code in codes)


def regions(entered: Entered) -> list[Finding]:
    """The place, or the agency itself, lies in none of the regions that may bid."""
    if not entered.regions:
        return []
    named = _region_of(entered) or entered.agency_region
    if not named or named in entered.regions:
        return []
    text = N_("Only {allowed} may bid, but the place lies in {place}.")
    repair = N_("Check the regions that may bid.")
    allowed = ", ".join(_name(entered, code) for code in entered.regions)
    params = {"allowed": allowed, "place": _name(entered, named)}
    row = table("eligibility/regions").on(entered.on, code=named)
    return [
        Finding(
            WARNING, "entry.regions.elsewhere", text, repair, row.law, "regions", row.id, params
        )
    ]  # fmt: skip


def _name(entered: Entered, code: str) -> str:
    return next(iter(entered.region_names.get(code, (code,))))


def _region_of(entered: Entered) -> str:
    """The province that the place names first, or ""."""
    names = chain.from_iterable(
        ((name, code) for name in names) for code, names in entered.region_names.items()
    )
    return next((code for name, code in names if entered.site.startswith(name)), "")
