"""Add newly known Korean public holidays to the frozen table; frozen days never change."""

import argparse
from datetime import date
from pathlib import Path

import holidays

from jangteo.rules import calendar, dated

PATH = Path(calendar.__file__).parent / "data" / "calendar" / "holidays.toml"
HEAD = """table = "calendar/holidays"
about = "Public holidays, frozen by ./jangteo freeze_holidays; days are added, never changed."
law = "관공서의 공휴일에 관한 규정 제2조"
source = "holiday almanac, and calendar/gazette for what the government decreed"
since = {since}
until = {until}

[days]
"""


def computed(first: int, last: int) -> dict[date, str]:
    """Holidays of the years by the almanac, and those of the gazette table."""
    years = range(first, last + 1)
    almanac = holidays.country_holidays("KR", years=years, language="ko")
    found = {day: name.replace("; ", "·") for day, name in almanac.items()}
    for row in dated.table("calendar/gazette").rows:
        if first <= row.period.since.year <= last:
            found[row.period.since] = row.value
    return found


def frozen() -> dict[date, str]:
    """The days that stand in the table already."""
    return dict(calendar.almanac().days) if PATH.exists() else {}


def text(days: dict[date, str], first: int, last: int) -> str:
    """The table's file."""
    head = HEAD.format(since=date(first, 1, 1), until=date(last + 1, 1, 1))
    return head + "".join(f'{day} = "{name}"\n' for day, name in sorted(days.items()))


def run(arguments: list[str]) -> int:
    """Write what is new; --check only says what differs, exit code 1 if anything does."""
    parser = argparse.ArgumentParser(prog="./jangteo freeze_holidays", description=__doc__)
    parser.add_argument("--first", type=int, default=2020)
    parser.add_argument("--last", type=int, default=2029)
    parser.add_argument("--check", action="store_true", help="only look, write nothing")
    wish = parser.parse_args(arguments)
    old, new = frozen(), computed(wish.first, wish.last)
    gone = sorted(set(old) - set(new))
    added = sorted(set(new) - set(old))
    for day in gone:
        print(f"{day} {old[day]}: frozen, but the almanac no longer knows it; kept")
    for day in added:
        print(f"{day} {new[day]}: new")
    if not wish.check:
        PATH.write_text(text(new | old, wish.first, wish.last), encoding="utf-8")
    return 1 if wish.check and (gone or added) else 0
