"""What a contract asks of whom."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.stages.award.queries import awards_of
from jangteo.stages.contract.models import Amendment, Contract, Subcontract
from jangteo.stages.contract.queries.reading import contracts_of
from jangteo.stages.contract.queries.rows import ContractRow
from jangteo.ui.shapes import DeskTask

_LAW = "국가계약법 제11조"
_SUB = "건설산업기본법 시행령 제32조"


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """Contracts to draft, offer and sign, amendments, subcontracts to agree and to note."""
    if actor.party_kind == "agency":
        if "contract_officer" not in actor.roles:
            return []
        return [*_to_draft(actor), *_officer(actor), *_subs_to_note(actor)]
    if actor.party_kind == "supplier":
        return [*_supplier(actor), *_subs_to_agree(actor)]
    return []


def _to_draft(actor: Actor) -> list[DeskTask]:
    awards = [row for row in awards_of(actor) if row.status == "active"]
    known = Contract.objects.filter(award_id__in=[row.id for row in awards])
    made = set(known.exclude(status="cancelled").values_list("award_id", flat=True))
    title = N_("Draft the contract for “{title}”")
    return [
        DeskTask(
            title, {"title": row.title}, f"/contracts/new/{row.number}", row.contract_due, _LAW
        )
        for row in awards
        if row.id not in made
    ]


def _task(row: ContractRow, title: str, who: str = "") -> DeskTask:
    state = "waiting" if who else "todo"
    url = f"/contracts/{row.number}"
    return DeskTask(title, {"title": row.title}, url, row.sign_due, _LAW, state, who)


def _officer(actor: Actor) -> list[DeskTask]:
    said = {
        "pending": (N_("Complete and send the contract “{title}”"), ""),
        "offered": (N_("“{title}”: the supplier signs the contract"), "representative"),
        "agreed": (N_("Sign the contract “{title}”"), ""),
    }
    return [_task(row, *said[row.status]) for row in contracts_of(actor) if row.status in said]


def _supplier(actor: Actor) -> list[DeskTask]:
    said = {
        "offered": (N_("Read and sign the contract “{title}”"), ""),
        "agreed": (N_("“{title}”: the agency signs the contract"), "contract_officer"),
    }
    mine = contracts_of(actor)
    found = [_task(row, *said[row.status]) for row in mine if row.status in said]
    waits = Amendment.objects.filter(supplier_id=actor.party_id, status="proposed")
    named = {row.number: row for row in mine}
    title = N_("Read and sign the amendment of “{title}”")
    numbers = waits.values_list("contract_number", flat=True)
    return found + [_task(named[number], title) for number in numbers if number in named]


def _subs_to_agree(actor: Actor) -> list[DeskTask]:
    rows = Subcontract.objects.filter(subcontractor_id=actor.party_id, status="registered")
    title = N_("Agree to the subcontract “{work}”")
    return [
        DeskTask(title, {"work": row.work}, f"/subcontracts/{row.number}", row.told_due, _SUB)
        for row in rows.order_by("told_due")
    ]


def _subs_to_note(actor: Actor) -> list[DeskTask]:
    rows = Subcontract.objects.filter(buyer_id=actor.party_id, status="agreed")
    title = N_("Take note of the subcontract “{work}”")
    return [
        DeskTask(title, {"work": row.work}, f"/subcontracts/{row.number}", row.told_due, _SUB)
        for row in rows.order_by("told_due")
    ]
