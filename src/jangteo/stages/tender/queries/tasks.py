"""What a tender asks of the agency's people next."""

from datetime import datetime

from django.db.models import Q

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may_filter
from jangteo.records.vault.queries import CustodyState, custody_state
from jangteo.stages.tender import states
from jangteo.stages.tender.models import BorrowedPerson, Draft, Tender
from jangteo.stages.tender.queries.care import care_of
from jangteo.stages.tender.queries.checks import against
from jangteo.stages.tender.queries.rows import (
    DraftRow,
    NoticeRow,
    current_notice,
    draft_row,
)
from jangteo.ui.shapes import DeskTask

_NOTICE = {"national": "국가계약법 시행령 제33조", "local": "지방계약법 시행령 제33조"}
_KEYS = "전자조달법 제7조"


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """Drafts to finish, keys to make, figures to enter a second time, notices ready to publish.

    One task a tender; waiting ones say for whom.
    """
    verbs = ("edit", "add_custody", "second_entry")
    own = Q(pk__in=BorrowedPerson.objects.filter(account=actor.account_id).values("tender"))
    for verb in verbs:
        own |= may_filter(actor, verb, Tender)
    rows = Draft.objects.select_related("tender").filter(tender__in=Tender.objects.filter(own))
    found = [_task(actor, one, at) for one in rows.order_by("tender__number")]
    return [task for task in found if task]


def _task(actor: Actor, found: Draft, at: datetime) -> DeskTask | None:
    tender, draft = found.tender, draft_row(found, found.tender)
    current = current_notice(tender.number) if tender.version >= 0 else None
    own = actor.party_id == tender.buyer_id
    params = {"title": draft.title or tender.number}
    state = custody_state(draft.scope) if draft.keys_asked else None
    if state and not against(draft, at=at, current=current):
        keys = _with_keys(actor, draft, state, params) if own else None
        asked = [one for one in (keys, _with_care(actor, found, at, params)) if one]
        asked.sort(key=lambda one: one.state == "waiting")
        if asked or not own:
            return asked[0] if asked else None
        return _to_publish(actor, draft, params)
    return _to_finish(actor, draft, current, params) if own else None


def _with_keys(
    actor: Actor, draft: DraftRow, state: CustodyState, params: dict[str, str]
) -> DeskTask | None:
    page = f"/my/tenders/{draft.number}"
    missing = "officer" not in state.keys or "agency" not in state.seeds
    if "opening_officer" in actor.roles and missing:
        title = N_("Make the lot keys: {title}")
        return DeskTask(title, params, f"{page}/custody", draft.deadline, _KEYS)
    if "contract_officer" not in actor.roles or state.complete:
        return None
    who = "opening_officer" if missing else "platform"
    title = N_("The lot keys are being made: {title}")
    return DeskTask(title, params, page, draft.deadline, _KEYS, "waiting", who)


def _with_care(actor: Actor, found: Draft, at: datetime, params: dict[str, str]) -> DeskTask | None:
    """What the second entry and the warnings still ask of this person, or wait for."""
    row = care_of(actor, found, found.tender, at)
    page = f"/my/tenders/{row.number}/care"
    contract = row.may_reason

    def task(title: str, state: str = "todo", page: str = page) -> DeskTask:
        who = "second_person" if state == "waiting" else ""
        return DeskTask(title, params, page, found.deadline, states.FIGURES, state, who)

    if contract and row.examples and not row.examples_seen:
        read = f"/my/tenders/{row.number}/check"
        return task(N_("Read the worked examples: {title}"), page=read)
    if row.may_enter:
        return task(N_("Enter the figures a second time: {title}"))
    if row.second.state == "differs" and contract:
        return task(N_("The two entries differ: {title}"))
    if row.second.open:
        waits = N_("The figures are being entered a second time: {title}")
        return task(waits, "waiting") if contract else None
    if contract and any(one.state == "open" for one in row.doubts):
        return task(N_("Answer what is doubted: {title}"))
    given = [one for one in row.doubts if one.state == "given"]
    if row.may_agree and any(one.given_by != actor.account_id for one in given):
        return task(N_("Look at the reasons given: {title}"))
    waits = N_("A second person looks at the reasons given: {title}")
    return task(waits, "waiting") if contract and given else None


def _to_publish(actor: Actor, draft: DraftRow, params: dict[str, str]) -> DeskTask | None:
    if "contract_officer" not in actor.roles:
        return None
    text = N_("Ready to publish: {title}")
    if draft.next_version:
        text = N_("Publish the correction: {title}")
    page = f"/my/tenders/{draft.number}/publish"
    return DeskTask(text, params, page, draft.deadline, _NOTICE[draft.regime])


def _to_finish(
    actor: Actor, draft: DraftRow, current: NoticeRow | None, params: dict[str, str]
) -> DeskTask | None:
    if "contract_officer" not in actor.roles:
        return None
    title = N_("Finish the correction: {title}") if current else N_("Finish the notice: {title}")
    due = current.deadline if current else None
    return DeskTask(title, params, f"/my/tenders/{draft.number}", due, _NOTICE[draft.regime])
