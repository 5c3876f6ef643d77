"""When a deadline lies: on the hour, on a working day, in office hours."""

from datetime import datetime

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.rules.calendar import day_kind
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding


def deadline(entered: Entered) -> list[Finding]:
    """Not on the hour is a stop; a day off or an hour outside the office's is a warning for two.

    The latter the law allows with a reason in the notice (전자조달법 시행규칙 제2조제3항 단서) and
    refuses without one. Beyond the frozen holidays the bidding window's own rule tells it.
    """
    if entered.deadline is None:
        return []
    at = entered.deadline.astimezone(KST)
    return _slot(entered, at) or _office(entered, at)


def _slot(entered: Entered, at: datetime) -> list[Finding]:
    row = table("entry/limits").on(entered.on, name="deadline_slot")
    into = at.replace(minute=0, second=0, microsecond=0)
    if at == into and at.hour % row.integer("hours") == 0:
        return []
    text = N_("Bids close on the hour; {time} lies between two.")
    repair = N_("Set the deadline to a full hour.")
    told = {"time": at.strftime("%H:%M:%S" if at.second else "%H:%M")}
    code = "entry.deadline.between_slots"
    return [Finding(STOP, code, text, repair, row.law, "deadline", row.id, told)]


def _office(entered: Entered, at: datetime) -> list[Finding]:
    window = table("deadline/window").on(entered.on)
    inside = window.integer("opens") <= at.hour <= window.integer("closes")
    if not entered.deadline_reason or (inside and _working(at)):
        return []  # without a reason the law itself refuses it
    text = N_("The deadline {day} {time} is a day off or outside office hours. The notice says: "
              "{reason}")  # fmt: skip
    repair = N_("Choose a working day between {opens}:00 and {closes}:00.")
    told = {
        "day": at.date().isoformat(), "time": at.strftime("%H:%M"),
        "reason": entered.deadline_reason, "opens": window.text("opens"),
        "closes": window.text("closes"),
    }  # fmt: skip
    return [
        Finding(
            WARNING, "entry.deadline.unusual", text, repair, window.law, "deadline", window.id,
            told, two=True,
        )
    ]  # fmt: skip


def _working(at: datetime) -> bool:
    try:
        return day_kind(at.date()).working
    except RuleMissing:
        return True
