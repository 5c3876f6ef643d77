"""Days as people read them, in Korean and in English."""

from datetime import date

from django.utils.translation import get_language

_DAYS_KO = "월화수목금토일"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def korean() -> bool:
    """Whether the reader reads Korean."""
    return (get_language() or "ko").startswith("ko")


def day_text(day: date) -> str:
    """A day with its weekday: "2026. 11. 24.(화)" or "Tue 24 Nov 2026"."""
    if korean():
        return f"{day.year}. {day.month}. {day.day}.({_DAYS_KO[day.weekday()]})"
    return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
