"""From the chain to those who listen: each fact once, in the chain's order, never lost.

Facts reach listeners only after they are chained, so facts that came without Django (bids) and
facts written by an action travel the same way, and no writer waits for anybody.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from jangteo.records.journal.models import Delivered, Link
from jangteo.records.journal.queries import Fact, fact_of

FACTS = "facts"


def hand_over(enqueue: Callable[[Sequence[Fact]], None], *, most: int = 500) -> int:
    """Give the next chained facts to `enqueue` and move the bookmark, in one transaction.

    What enqueue writes to the database is kept with the bookmark or not at all. While another
    process is at it, or when there is nothing new, it does nothing and returns 0.
    """
    Delivered.objects.get_or_create(name=FACTS, defaults={"place": -1})
    with transaction.atomic():
        marks = Delivered.objects.select_for_update(skip_locked=True)
        mark = marks.filter(name=FACTS).first()
        if mark is None:
            return 0
        rows = Link.objects.filter(place__gt=mark.place).select_related("entry")
        links = list(rows.order_by("place")[:most])
        if not links:
            return 0
        enqueue([fact_of(link.entry) for link in links])
        mark.place = links[-1].place
        mark.save(update_fields=["place"])
    return len(links)
