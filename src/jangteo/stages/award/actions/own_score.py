"""A score by the agency's own standard: one officer enters it, another person confirms it."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.stages.award.actions import wishes
from jangteo.stages.award.actions.examining import papers_in
from jangteo.stages.award.actions.hold import own_examination, reason_given
from jangteo.stages.award.models import Calculation, Examination, OwnScore
from jangteo.stages.award.queries.candidates import published
from jangteo.stages.award.queries.own import LAW, figures_of, scored_by_own, standard_of
from jangteo.stages.award.queries.scores import figure, score_text
from jangteo.stages.award.queries.wishes import OWN, open_wish
from jangteo.stages.tender.queries import NoticeRow

_POINTS = {"code": "points", "text": N_("Points"), "full": "100"}
_MARK = {"code": "pass_mark", "text": N_("Pass mark"), "full": "100"}


@transaction.atomic
def enter_own_score(
    *, by: Actor, at: datetime, number: str, points: str, pass_mark: str, document: str,
    reason: str, supplier: str = "",
) -> Examination:  # fmt: skip
    """Enter a candidate's score where no table of the platform scores it.

    points, pass_mark: decimals up to 100; document: the agency's published standard and its
    article. A later entry takes the place of one that nobody decided on. Refusals
    `award.own.table`, `award.own.no_standard`, `award.pass.no_papers` (409), `award.score.*`,
    `award.reason.missing`.
    """
    row = own_examination(by, number, supplier)
    allow(row, "enter_own_score", by=by)
    told, _ = published(number)
    _asked(told, row)
    papers_in(told, row)
    got, mark = figure(_POINTS, points), figure(_MARK, pass_mark)
    if not mark:
        figure(_MARK, "")
    named, said = reason_given(document, "document"), reason_given(reason, "reason")
    move(row, "enter_own_score", by=by, at=at, payload={"document": named})
    if before := open_wish(row, OWN):
        wishes.end(before, "withdrawn", by=by, at=at)
    asked = wishes.ask(row, "confirm_own_score", by=by, at=at, reason=said)
    OwnScore.objects.create(
        wish=asked, points=score_text(got), pass_mark=score_text(mark), document=named
    )
    return row


def _asked(told: NoticeRow, row: Examination) -> None:
    if not scored_by_own(told, row):
        raise Refusal(
            "award.own.table",
            N_("The platform's table scores this candidate, or the award method scores nobody."),
            repair=N_("Examine the candidate as the page says."),
            law=LAW[told.regime],
            status=409,
        )
    standard_of(told)


@transaction.atomic
def confirm_own_score(
    *, by: Actor, at: datetime, number: str, digest: str, supplier: str = ""
) -> Examination:
    """Confirm as another person the score that was entered; the officer decides on it next.

    digest: of the score that was read. Refusal `award.own.nobody`, `award.own.same_person`,
    `award.own.not_this` (409) if another one was entered since.
    """
    row = own_examination(by, number, supplier)
    allow(row, "confirm_own_score", by=by)
    found = wishes.decided(row, OWN, by=by, at=at, digest=digest).own_score
    move(row, "confirm_own_score", by=by, at=at, payload={"document": found.document})
    both = figures_of(found)
    Calculation.objects.create(
        examination=row, what="own", ours=both, theirs=both, by=by.account_id, at=at
    )
    return row


@transaction.atomic
def refuse_own_score(
    *, by: Actor, at: datetime, number: str, reason: str, digest: str, supplier: str = ""
) -> Examination:
    """Refuse as another person, with a reason, the score that was entered; another may be entered.

    digest: of the score that was read. Refusal `award.own.nobody`, `.same_person`, `.not_this`
    (409), `award.reason.missing`.
    """
    row = own_examination(by, number, supplier)
    wishes.refuse(row, OWN, by=by, at=at, reason=reason, digest=digest)
    return row


@transaction.atomic
def withdraw_own_score(*, by: Actor, at: datetime, number: str, supplier: str = "") -> Examination:
    """Take back the score that one entered oneself. Refusal `award.own.nobody`, `.not_yours`."""
    row = own_examination(by, number, supplier)
    wishes.withdraw(row, OWN, by=by, at=at)
    return row
