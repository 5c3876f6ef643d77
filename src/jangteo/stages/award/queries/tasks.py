"""What an award asks of whom."""

from datetime import datetime

from django.db.models import Q

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.stages.award.models import Annulment, Award, Examination, Wish
from jangteo.stages.award.queries.awards import LIVE
from jangteo.stages.award.queries.candidates import (
    INSIDE,
    OPEN,
    law_of,
    may_choose,
    standing_passed,
)
from jangteo.stages.award.queries.rows import OWN_SCORED
from jangteo.stages.award.queries.wishes import contract_stands
from jangteo.stages.award.states import MISTAKES
from jangteo.stages.tender.queries import notice
from jangteo.ui.shapes import DeskTask


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """Papers to hand in, reviews, proposals and decisions, each with its clock."""
    if actor.party_kind == "supplier":
        return _candidate(actor, at)
    if not actor.roles & INSIDE:
        return []
    return [
        *_reviews(actor, at), *_proposals(actor), *_decisions(actor), *_choices(actor),
        *_own_scores(actor), *_wishes(actor),
    ]  # fmt: skip


def _task(number: str, title: str, due: datetime | None, who: str = "") -> DeskTask:
    state = "waiting" if who else "todo"
    told = notice(number)
    url = f"/tenders/{number}/award"
    return DeskTask(title, {"title": told.title}, url, due, law_of(told), state, who)


def _candidate(actor: Actor, at: datetime) -> list[DeskTask]:
    rows = Examination.objects.filter(supplier_id=actor.party_id, status__in=OPEN)
    found = []
    for row in rows.order_by("papers_due"):
        if row.status == "submitted" or row.papers_due is None or at >= row.papers_due:
            title, who = N_("“{title}”: the agency examines you"), "contract_officer"
            found.append(_task(row.tender_number, title, row.review_due, who))
        else:
            title = N_("Hand in the papers for “{title}”")
            found.append(_task(row.tender_number, title, row.papers_due))
    return found


def _reviews(actor: Actor, at: datetime) -> list[DeskTask]:
    rows = Examination.objects.filter(buyer_id=actor.party_id, status__in=OPEN)
    found = []
    for row in rows.order_by("review_due", "papers_due"):
        asked = row.status != "submitted" and row.papers_due is not None
        waits = asked and at < row.papers_due and row.status != "hold"
        title = N_("Examine the candidate for “{title}”")
        if row.status == "hold":
            title = N_("“{title}”: two calculations of a score differ; say how it goes on")
        elif waits:
            title = N_("“{title}”: the candidate's papers are due")
        due = row.papers_due if asked else row.review_due
        who = (
            "supplier" if waits else "" if "contract_officer" in actor.roles else "contract_officer"
        )
        found.append(_task(row.tender_number, title, due, who))
    return found


def _proposals(actor: Actor) -> list[DeskTask]:
    rows = Examination.objects.filter(buyer_id=actor.party_id, status="passed")
    awards = Award.objects.filter(buyer_id=actor.party_id)
    standing = awards.filter(status__in=LIVE).values("tender_id")
    rows = rows.exclude(tender_id__in=standing)
    live = set(awards.exclude(status="unsuccessful").values_list("examination", flat=True))
    passed = standing_passed(rows.order_by("ended_at"), live)
    who = _unless(actor, "contract_officer")
    title = N_("Propose the award of “{title}”")
    return [_task(row.tender_number, title, None, who) for row in passed]


def _decisions(actor: Actor) -> list[DeskTask]:
    rows = Award.objects.filter(buyer_id=actor.party_id, status="pending").order_by("proposed_at")
    found = []
    for row in rows:
        mine = "approving_officer" in actor.roles and row.proposed_by != actor.account_id
        title = N_("Confirm the award of “{title}”")
        found.append(_task(row.tender_number, title, None, "" if mine else "approving_officer"))
    return found


def _choices(actor: Actor) -> list[DeskTask]:
    """Awards annulled by a mistake or a ruling, where somebody failed before."""
    rows = Annulment.objects.filter(award__buyer_id=actor.party_id, cause__in=MISTAKES)
    rows = rows.filter(award__tender__status="opened").order_by("at")
    who = _unless(actor, "contract_officer")
    title = N_("“{title}”: examine again who failed, or go on with the next")
    numbers = dict.fromkeys(rows.values_list("award__tender_number", flat=True))
    return [_task(number, title, None, who) for number in numbers if may_choose(number)]


def _wishes(actor: Actor) -> list[DeskTask]:
    """What somebody asks for and another person is to decide, where it can still be confirmed."""
    about = Q(award__buyer_id=actor.party_id) | Q(examination__buyer_id=actor.party_id)
    live = Award.objects.filter(buyer_id=actor.party_id, status__in=LIVE)
    rows = Wish.objects.filter(about, ended="").exclude(verb="confirm_own_score")
    rows = rows.select_related("award", "examination")
    rows = rows.exclude(examination__tender_id__in=live.values("tender_id")).order_by("asked_at")
    found = []
    for row in rows:
        thing = row.award or row.examination
        if row.award and contract_stands(thing.tender_number):
            continue
        mine = "approving_officer" in actor.roles and row.asked_by != actor.account_id
        who = "" if mine else "approving_officer"
        found.append(_task(thing.tender_number, _DECIDE[row.verb], None, who))
    return found


_DECIDE = {
    "annul": N_("Confirm the annulment of the award of “{title}”"),
    "reopen": N_("Confirm that a candidate for “{title}” is examined again"),
    "compute_again": N_("Confirm that a score for “{title}” is computed again"),
}


def _own_scores(actor: Actor) -> list[DeskTask]:
    """Scores by the agency's own standard that another person is to confirm."""
    rows = Wish.objects.filter(verb="confirm_own_score", ended="")
    rows = rows.filter(examination__buyer_id=actor.party_id, examination__status__in=OWN_SCORED)
    rows = rows.exclude(asked_by=actor.account_id)
    title = N_("Confirm the score of a candidate for “{title}”")
    return [
        _task(row.examination.tender_number, title, row.examination.review_due)
        for row in rows.select_related("examination").order_by("asked_at")
    ]


def _unless(actor: Actor, role: str) -> str:
    """The role that is waited for, "" if the reader holds it."""
    return "" if role in actor.roles else role
