"""What only the owner of the tables could do: write an award past the triggers that keep it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KEPT = ("kept", "proposed_on_a_result", "confirmed_on_a_result")


@contextmanager
def as_owner() -> Iterator[None]:
    """Without the triggers of awards meanwhile; the plain constraints stay."""
    _set("disable trigger")
    try:
        yield
    finally:
        _set("enable always trigger")


def _set(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for name in _KEPT:
            cursor.execute(f"alter table jangteo_award_award {words} {name}")
        cursor.execute("set constraints all deferred")
