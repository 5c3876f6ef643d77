"""Stored sentences in the reader's language, and figures as people read them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from jangteo.ground.errors import Refusal
from jangteo.ground.text import hangul_amount
from jangteo.ui.days import day_text, korean
from jangteo.ui.rows import row_text
from jangteo.ui.words import FACTS, WORDS

_ISO = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_ROW = re.compile(r"\b[a-z]+/[a-z_]+:[\w.-]+")


class _Figure(int):
    """An int that shows its thousands unless the sentence asks otherwise; years stay whole."""

    def __format__(self, spec: str) -> str:
        plain = int(self)
        if not spec and abs(plain) >= 10_000:
            return f"{plain:,}"
        return format(plain, spec)


def hangul_text(amount: int) -> str:
    """Whole won as a Korean contract writes them out; "" for readers of another language."""
    return f"금 {hangul_amount(amount)} 원" if korean() else ""


def moment_text(at: datetime, *, seconds: bool = False) -> str:
    """A moment in Korean time with its weekday: "2026. 11. 24.(화) 10:00"."""
    local = timezone.localtime(at)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    return f"{day_text(local.date())} {clock}" if korean() else f"{day_text(local)}, {clock} KST"


def until_text(due: datetime) -> str:
    """The end of a period, exclusive, as people say it: midnight is the 24:00 of the day before."""
    if timezone.localtime(due).time() != time(0):
        return moment_text(due)
    said = day_text(timezone.localtime(due).date() - timedelta(days=1))
    return f"{said} 24:00" if korean() else f"{said}, 24:00 KST"


def remaining_text(left: timedelta) -> str:
    """A length of time in its two largest units: "3일 4시간 남음"; empty once it has passed."""
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return ""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    if days:
        parts = [_count(days, "day"), _count(hours, "hour")]
    elif hours:
        parts = [_count(hours, "hour"), _count(minutes, "minute")]
    elif minutes:
        parts = [_count(minutes, "minute")]
    else:
        parts = [_count(seconds, "second")]
    return gettext("{time} left").format(time=" ".join(parts))


def _count(number: int, unit: str) -> str:
    words = {
        "day": ngettext("{n} day", "{n} days", number),
        "hour": ngettext("{n} hour", "{n} hours", number),
        "minute": ngettext("{n} minute", "{n} minutes", number),
        "second": ngettext("{n} second", "{n} seconds", number),
    }
    return words[unit].format(n=number)


def won_text(amount: int) -> str:
    """Whole won with thousands: "1,234,500,000원" or "KRW 1,234,500,000"."""
    return f"{amount:,}원" if korean() else f"KRW {amount:,}"


def say(text: object) -> str:
    """A msgid, a code word or a finished text, in the reader's language."""
    plain = str(text)
    return gettext(WORDS.get(plain, plain)) if plain else ""


def _shown(value: Any, *, end: bool = False) -> Any:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return _Figure(value)
    if isinstance(value, str) and _ISO.match(value):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return until_text(value) if end else moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_shown(item)) for item in value)
    if isinstance(value, str):
        return _shown_text(value)
    return value


def _shown_text(value: str) -> str:
    if _ISO_DAY.match(value):
        return day_text(date.fromisoformat(value))
    value = _ROW.sub(lambda found: row_text(found[0]), value)
    whole = say(value)
    if whole == value and ", " in value:  # a list of code words, not a sentence with a comma
        return ", ".join(say(part) for part in value.split(", "))
    return whole


def sentence(text: str, params: Mapping[str, Any] | None = None) -> str:
    """A stored msgid, translated and filled; figures get thousands, moments their weekday.

    A parameter named `due` is the end of a period: midnight is the 24:00 of its last day.
    """
    if not text:
        return ""
    if not params:
        return say(text)
    shown = {name: _shown(value, end=name == "due") for name, value in params.items()}
    return gettext(text).format(**shown)


def refusal_text(refusal: Refusal) -> str:
    """What is wrong and how to repair it, as one short paragraph."""
    said = sentence(refusal.text, refusal.params)
    if refusal.repair:
        said = f"{said} {sentence(refusal.repair, refusal.params)}"
    return f"{said} ({refusal.law})" if refusal.law else said


def fact_text(kind: str) -> str:
    """A journal fact's kind in words: "tender.publish" → "Tender published"."""
    said = FACTS.get(kind)
    return gettext(said) if said else kind.replace(".", ": ").replace("_", " ")
