"""The ceremony as a list of steps, and which of them stands open now."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.vault import queries as vault
from jangteo.stages.opening.queries.rows import OpeningState
from jangteo.stages.opening.queries.state import opening_state
from jangteo.ui.shapes import Task

_OFFICER, _CONTRACT = N_("Opening officer"), N_("Contract officer")
#: status of an opening -> how many of the steps up to the signatures are done
_REACHED = {"": 0, "prepared": 1, "closed_set": 3, "requested": 5}


def panel(state: OpeningState, *, at: datetime) -> str:
    """Which part of the page is open.

    early, over, prepare, exclude, changed, few, sign, keys or done.
    """
    if state.status in ("published", "failed", "hold"):
        return "done"
    if state.tender_status != "active":
        return "over"
    if at < state.deadline:
        return "early"
    if state.changed:
        return "changed"
    if state.status == "closed_set" and state.standing < state.needed:
        return "few"
    return {"": "prepare", "prepared": "exclude", "closed_set": "sign", "requested": "keys"}[
        state.status
    ]


def steps(state: OpeningState, *, at: datetime) -> list[Task]:
    """The seven steps, with whom each waits for; the first three only where too few bids stand."""
    reached = _REACHED.get(state.status, 7)
    signed = {row.role for row in state.signatures}
    first = [
        _task(0, reached, at >= state.deadline, N_("Prepare the opening"), _OFFICER,
              N_("After the deadline. The list of sealed bids appears.")),
        _task(1, reached, True, N_("Exclude bids that the law makes void"), _OFFICER,
              N_("Only before any key is released; none is the usual case.")),
        _task(2, reached, at >= state.opening_at, N_("Close the set of envelopes"), _OFFICER,
              N_("At the opening time. From now on nothing is added or taken away.")),
    ]  # fmt: skip
    if panel(state, at=at) == "few":
        return first
    return [
        *first,
        _sign(reached, "contract_officer" in signed, N_("Contract officer signs"), _CONTRACT),
        _sign(reached, "opening_officer" in signed, N_("Opening officer signs"), _OFFICER),
        _keys(state, reached),
        _task(6, 6 if reached == 5 and state.released >= 2 else reached, True,
              N_("Open, compute and publish"), _OFFICER,
              N_("All envelopes at once; then prices, draw, floor and ranking.")),
    ]  # fmt: skip


def _task(place: int, reached: int, due: bool, label: str, who: str, hint: str) -> Task:
    if place < reached:
        return Task(label, "done", hint=hint)
    if place == reached and due:
        return Task(label, "todo", hint=hint)
    if place == 2 and reached == 1 and due:
        return Task(label, "todo", hint=hint)
    return Task(label, "waiting", who=who, hint=hint)


def _sign(reached: int, signed: bool, label: str, who: str) -> Task:
    hint = N_("Two different people, each with the key of their own device.")
    if signed or reached > 3:
        return Task(label, "done", hint=hint)
    return Task(label, "todo" if reached == 3 else "waiting", who=who, hint=hint)


def _keys(state: OpeningState, reached: int) -> Task:
    label = N_("Two of three custodians release their key")
    hint = N_("Each checks the signatures, the deadline and the set by itself.")
    if reached > 5 or state.released >= 2:
        return Task(label, "done", hint=hint)
    return Task(label, "waiting", who=N_("Custodians"), hint=hint)


def officer_backup(actor: Actor, number: str, *, at: datetime) -> str:
    """The officer's wrapped keys, for an opening officer while keys are asked for; else ""."""
    state = opening_state(actor, number, at=at)
    if "release_officer_key" not in state.may:
        return ""
    return vault.officer_backup(state.scope)
