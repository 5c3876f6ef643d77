"""What a tender asks of the agency's people next."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may_filter
from jangteo.records.vault.queries import CustodyState, custody_state
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.checks import problems
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
    """Drafts to finish, keys to make, notices ready to publish, for one of the buyer's people.

    One task a tender; waiting ones say for whom.
    """
    own = may_filter(actor, "edit", Tender) | may_filter(actor, "add_custody", Tender)
    rows = Draft.objects.select_related("tender").filter(tender__in=Tender.objects.filter(own))
    rows = rows.order_by("tender__number")
    found = [_task(actor, found.tender, draft_row(found, found.tender), at) for found in rows]
    return [task for task in found if task]


def _task(actor: Actor, tender: Tender, draft: DraftRow, at: datetime) -> DeskTask | None:
    current = current_notice(tender.number) if tender.version >= 0 else None
    params = {"title": draft.title or tender.number}
    state = custody_state(draft.scope) if draft.keys_asked else None
    if state and not problems(draft, at=at, current=current):
        return _with_keys(actor, draft, state, params)
    return _to_finish(actor, draft, current, params)


def _with_keys(
    actor: Actor, draft: DraftRow, state: CustodyState, params: dict[str, str]
) -> DeskTask | None:
    page = f"/my/tenders/{draft.number}"
    missing = "officer" not in state.keys or "agency" not in state.seeds
    if "opening_officer" in actor.roles and missing:
        title = N_("Make the lot keys: {title}")
        return DeskTask(title, params, f"{page}/custody", draft.deadline, _KEYS)
    if "contract_officer" not in actor.roles:
        return None
    if state.complete:
        text = (
            N_("Publish the correction: {title}")
            if draft.next_version
            else N_("Ready to publish: {title}")
        )
        return DeskTask(text, params, f"{page}/publish", draft.deadline, _NOTICE[draft.regime])
    who = "opening_officer" if missing else "platform"
    title = N_("The lot keys are being made: {title}")
    return DeskTask(title, params, page, draft.deadline, _KEYS, "waiting", who)


def _to_finish(
    actor: Actor, draft: DraftRow, current: NoticeRow | None, params: dict[str, str]
) -> DeskTask | None:
    if "contract_officer" not in actor.roles:
        return None
    title = N_("Finish the correction: {title}") if current else N_("Finish the notice: {title}")
    due = current.deadline if current else None
    return DeskTask(title, params, f"/my/tenders/{draft.number}", due, _NOTICE[draft.regime])
