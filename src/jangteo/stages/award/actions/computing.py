"""Compute a score anew that is on hold: one person asks with a reason, another confirms it."""

from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.award.actions import wishes
from jangteo.stages.award.actions.examining import call_next, fail_at_once, first_clock
from jangteo.stages.award.actions.hold import own_examination
from jangteo.stages.award.actions.keeping import keep
from jangteo.stages.award.models import Calculation, Examination
from jangteo.stages.award.queries.candidates import published
from jangteo.stages.award.queries.scores import provisional, scored
from jangteo.stages.opening.queries import ResultRow
from jangteo.stages.tender.queries import NoticeRow


@unlocked
def compute_again(
    *, by: Actor, at: datetime, number: str, digest: str, supplier: str = ""
) -> Examination:
    """Confirm as a second person that a score on hold is computed again, from the same figures.

    Whatever was at fault is mended first. If both engines agree now, the examination goes on where
    it stood; if they still differ it stays on hold. Nobody can choose one of the two answers.
    digest: of the wish that was read. Refusal `award.reopen.nobody`, `.same_person`, `.not_this`,
    `examination.compute_again.not_now` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "compute_again", by=by)
    asked = wishes.decided(row, by=by, at=at, digest=digest)
    move(row, "compute_again", by=by, at=at, payload={"reason": asked.reason})
    told, found = published(number)
    last = Calculation.objects.filter(examination=row).order_by("-id")[0]
    if last.what == "provisional":
        _called(row, told, found, at)
    else:
        _reviewed(row, told, found, last, at)
    return row


def _called(row: Examination, told: NoticeRow, found: ResultRow, at: datetime) -> None:
    """It is called now, and its time begins, or it fails at once; see `call_next`."""
    platform = Actor.system("award")
    row.provisional, row.rules = provisional(told, found, row.amount)
    if keep(row, "provisional", row.provisional, by=platform, at=at):
        hopeless = row.provisional.get("passes") is False
        move(row, "resume_call", by=platform, at=at, payload={"hopeless": hopeless})
        row.called_at = at
        if hopeless:
            fail_at_once(row, at=at)
        else:
            first_clock(row, told, at)
    row.save()
    if row.status == "failed":
        call_next(by=platform, at=at, number=told.number)


def _reviewed(
    row: Examination, told: NoticeRow, found: ResultRow, last: Calculation, at: datetime
) -> None:
    """The officer decides on these figures or enters others, as before the hold."""
    platform = Actor.system("award")
    made = scored(told, found, row.amount, row.provisional["items"], last.scores)
    if keep(row, "review", made, by=platform, at=at):
        verb = "resume_review" if row.papers_at else "resume_call"
        move(row, verb, by=platform, at=at)
