"""Winners that were chosen twice: annulments by an error of ours, which must stay at nought."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from jangteo.stages.award.models import Annulment, Award
from jangteo.stages.award.states import CAUSES

#: the causes that are counted in public
COUNTED = ("data_entry", "formula")
LAST = 20


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """One such annulment; cause: a key of CAUSES; text: its msgid; reason: as published."""

    number: str
    cause: str
    text: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mistakes:
    """counts: cause -> (msgid, how many); awards: how many were confirmed since `since`.

    since: when the first award was confirmed, None before it; last: the newest ones first.
    """

    since: datetime | None
    awards: int
    counts: dict[str, tuple[str, int]]
    last: tuple[MistakeRow, ...]

    @property
    def none(self) -> bool:
        """Whether it never happened."""
        return not any(count for _, count in self.counts.values())


def mistakes() -> Mistakes:
    """How often an award was annulled for an error in data entry or in a formula; public."""
    confirmed = Award.objects.exclude(confirmed_at=None)
    rows = Annulment.objects.filter(cause__in=COUNTED)
    return Mistakes(
        since=confirmed.aggregate(first=Min("confirmed_at"))["first"],
        awards=confirmed.count(),
        counts={cause: (CAUSES[cause], rows.filter(cause=cause).count()) for cause in COUNTED},
        last=tuple(
            MistakeRow(row.award.tender_number, row.cause, CAUSES[row.cause], row.reason, row.at)
            for row in rows.select_related("award").order_by("-at")[:LAST]
        ),
    )
