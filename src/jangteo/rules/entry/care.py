"""How much care a notice needs: by procedure and estimated price."""

from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import RuleMissing, table

_SAID = {
    "yes": N_("The figures that decide the award are entered twice, by two people."),
    "no": N_("A notice of this kind and size is entered once."),
}


@dataclass(frozen=True, slots=True)
class Care:
    """second_entry: whether a second person enters the deciding figures blind; two_override:
    whether a warning is overridden by two people instead of one officer with a reason."""

    second_entry: bool
    two_override: bool
    reasons: tuple[Reason, ...]


#: what the table does not know gets the full care
FULL = Care(True, True, (Reason("entry.care.row", _SAID["yes"]),))


def tries(*, on: date) -> int:
    """How often one person may enter the same figures a second time, on a day.

    No article asks for it either; law of the figures it guards: 국가계약법 시행령 제9조, 지방계약법
    시행령 제10조.
    """
    return table("entry/limits").on(on, name="second_entry_tries").integer("tries")


def care(procedure: str, estimated_price: int | None, *, on: date) -> Care:
    """The care that a notice posted `on` a day needs; all of it while its price is open.

    No article asks for it: the table says whose figures it guards (국가계약법 시행령 제9조,
    지방계약법 시행령 제10조).
    """
    if estimated_price is None and procedure == "open":
        return FULL
    try:
        row = table("entry/care").on(on, procedure=procedure, estimated_price=estimated_price or 0)
    except RuleMissing:
        return FULL
    said = _SAID[row.text("second_entry")]
    reason = row.reason("entry.care.row", said, price=estimated_price or 0)
    return Care(row.text("second_entry") == "yes", row.text("override") == "two", (reason,))
