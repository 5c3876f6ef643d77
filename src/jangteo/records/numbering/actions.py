"""Give out the next number of a series, without gaps inside one transaction."""

from datetime import date

from django.db import connection

_NEXT = """
insert into jangteo_numbering_series (year, stage, last) values (%s, %s, 1)
on conflict (year, stage) do update set last = jangteo_numbering_series.last + 1
returning last
"""


def next_number(stage: str, *, on: date) -> str:
    """The next number of a stage's series, e.g. next_number("BK", on=…) -> "R26BK00000001"."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [on.year, stage])
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - insert … returning always returns
    return f"R{on.year % 100:02d}{stage}{row[0]:08d}"
