"""What an opening asks of whom."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.stages.opening.queries.rows import OpeningLine
from jangteo.stages.opening.queries.state import openings_of
from jangteo.stages.opening.queries.way_out import tasks_on_hold
from jangteo.ui.shapes import DeskTask

_LAW = "국가계약법 시행령 제40조"


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """The openings that wait for this officer now, and those that wait for a colleague."""
    found = (_task(actor, line, at) for line in openings_of(actor, at=at))
    return [task for task in found if task is not None] + tasks_on_hold(actor)


def _task(actor: Actor, line: OpeningLine, at: datetime) -> DeskTask | None:
    if line.tender_status != "active" or at < line.deadline:
        return None
    opener = "opening_officer" in actor.roles
    waits = "" if opener else N_("Opening officer")
    match line.status:
        case "" | "prepared" if opener:
            title = N_("Open the bids for “{title}”")
        case "closed_set":
            missing = {"contract_officer", "opening_officer"} - set(line.signed)
            mine = missing & actor.roles
            title = N_("Sign the request for the keys of “{title}”")
            waits = "" if mine else _role(missing)
        case "requested" if opener and line.released >= 2:
            title = N_("Start the opening of “{title}”: the keys are here")
        case "requested":
            title, waits = N_("Keys asked for “{title}”"), N_("Custodians")
        case _:
            return None
    return DeskTask(
        title, {"title": line.title}, f"/tenders/{line.number}/opening", line.opening_at, _LAW,
        "waiting" if waits else "todo", waits,
    )  # fmt: skip


def _role(missing: set[str]) -> str:
    return N_("Contract officer") if "contract_officer" in missing else N_("Opening officer")
