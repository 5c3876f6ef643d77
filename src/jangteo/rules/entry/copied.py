"""What was carried over from an earlier notice and perhaps forgotten there."""

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.entry.finding import WARNING, Earlier, Entered, Finding, Past

_TERMS = (
    "title", "site", "base_amount", "estimated_price", "a_value", "base_net_cost", "licences",
    "regions",
)  # fmt: skip
_LAW = "국가계약법 시행령 제9조 · 지방계약법 시행령 제10조"


def from_before(entered: Entered, past: Past) -> list[Finding]:
    """Amounts equal to the won to those of another notice that did not end without a contract."""
    base, value = entered.base_amount, entered.a_value
    if entered.urgency == "renotice":
        return []
    for one in past.own:
        if not one.ended and one.base_amount == base:
            text = N_("The base amount is that of {number} ({title}), to the won.")
            return [_same("base_amount", text, one)]
        if not one.ended and value and one.a_value == value:
            text = N_("The A value is that of {number} ({title}), to the won.")
            return [_same("a_value", text, one)]
    return _hardly_changed(entered, past)


def _hardly_changed(entered: Entered, past: Past) -> list[Finding]:
    """So few terms differ from an earlier notice's that one may have been forgotten."""
    row = table("entry/limits").on(entered.on, name="copied")
    few = row.integer("least_changed")
    for one in past.own:
        if one.ended or _changed(entered, one) >= few:
            continue
        text = N_("Fewer than {few} terms differ from those of {number} ({title}).")
        repair = N_("Look at both notices side by side.")
        params = {"number": one.number, "title": one.title, "few": few}
        code = "entry.copied.hardly_changed"
        return [Finding(WARNING, code, text, repair, row.law, "title", row.id, params)]
    return []


def _changed(entered: Entered, one: Earlier) -> int:
    """In how many terms a notice differs from an earlier one."""
    return sum((getattr(entered, name) or None) != (getattr(one, name) or None) for name in _TERMS)


def _same(field: str, text: str, one: Earlier) -> Finding:
    repair = N_("Look at both notices side by side.")
    params = {"number": one.number, "title": one.title}
    return Finding(WARNING, f"entry.copied.{field}", text, repair, _LAW, field, "", params)


def few_left(entered: Entered, past: Past) -> list[Finding]:
    """So few registered suppliers may bid that a condition may be one too many."""
    row = table("entry/limits").on(entered.on, name="few_suppliers")
    asked = bool(entered.licences or entered.regions)
    if not asked or past.suppliers < row.integer("least") or past.able >= row.integer("few"):
        return []
    text = N_("Of {suppliers:,} registered suppliers only {able} may bid.")
    repair = N_("Check the licences and the regions together.")
    params = {"suppliers": past.suppliers, "able": past.able}
    return [
        Finding(
            WARNING, "entry.conditions.few_left", text, repair, row.law, "licences", row.id, params
        )
    ]  # fmt: skip
