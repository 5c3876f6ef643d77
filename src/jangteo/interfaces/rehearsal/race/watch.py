"""What must hold at every moment of a race, and what must hold when it is over."""

import threading
import time
from types import TracebackType
from typing import Any, Self

from django.db import connection

_TWO = """
select tender_number, count(*) from jangteo_award_award
where status in ('pending', 'active') group by tender_id, lot, tender_number having count(*) > 1
"""
#: there must be no row of these when all is over
AFTER = {
    "two live awards": _TWO,
    "an award in force by one person, without inputs or without two equal results": """
        select tender_number, id from jangteo_award_award where status = 'active'
        and (confirmed_by is null or confirmed_by = proposed_by or bundle_hash = ''
             or found_by_rules = '' or found_by_rules <> found_by_verifier)""",
    "a tender awarded without one award in force": """
        select t.number, t.status from jangteo_tender_tender t left join jangteo_award_award a
          on a.tender_id = t.id and a.status = 'active'
        group by t.id having (t.status = 'awarded') <> (count(a.id) = 1)""",
    "confirmations and annulments that do not alternate": """
        select tender, kind from (select tender, kind, lag(kind) over
          (partition by tender order by at, id) as before from jangteo_journal_entry
          where kind in ('award.confirm', 'award.annul')) f
        where kind = coalesce(before, 'award.annul')""",
    "an award without its proposal, or a proposal without its award": """
        select t.number, (select count(*) from jangteo_award_award a where a.tender_id = t.id)
        from jangteo_tender_tender t
        where (select count(*) from jangteo_award_award a where a.tender_id = t.id)
           <> (select count(*) from jangteo_journal_entry e
               where e.tender = t.number and e.kind = 'award.propose')""",
    "an annulment by one person alone": """
        select a.tender_number, n."by" from jangteo_award_annulment n
        join jangteo_award_award a on a.id = n.award_id
        where n.asked_by is null or n.asked_by = n."by" """,
    "an open wish to annul what is not in force": """
        select a.tender_number, w.cause from jangteo_award_wish w
        join jangteo_award_award a on a.id = w.award_id
        where w.ended = '' and a.status <> 'active'""",
    "an annulment without its confirmed wish, or a wish confirmed without it": """
        select a.tender_number, a.status from jangteo_award_award a
        left join jangteo_award_wish w on w.award_id = a.id and w.ended = 'confirmed'
        group by a.id having count(w.id) <> (a.status = 'cancelled')::int""",
    "an annulled award without its cause, or a cause without its award": """
        select a.tender_number, n.cause from jangteo_award_award a
        full join jangteo_award_annulment n on n.award_id = a.id
        where (a.status = 'cancelled') is distinct from (n.award_id is not null)""",
}


def rows(words: str) -> list[tuple[Any, ...]]:
    """The rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(words)
        return list(cursor.fetchall())


def breaches() -> list[str]:
    """What does not hold now that nobody acts any more, one sentence each."""
    return [f"{said}: {row[0]} {row[1]}" for said, words in AFTER.items() for row in rows(words)]


def in_force() -> tuple[int, int]:
    """(tenders with an award in force, awards ever confirmed)."""
    ((now_, ever),) = rows(
        "select count(*) filter (where status = 'active'),"
        " count(*) filter (where confirmed_at is not null) from jangteo_award_award"
    )
    return now_, ever


class Watch:
    """Looks for two live awards all the time while others race; looks, seen: how often, what."""

    def __init__(self, every: float = 0.05) -> None:
        self.every, self.looks, self.seen = every, 0, list[str]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            self.seen += [f"two live awards at once: {number} {n}" for number, n in rows(_TWO)]
            self.looks += 1
            time.sleep(self.every)
        connection.close()
