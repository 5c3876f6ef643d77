"""What a contract asks of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.queries import last_told, silent
from jangteo.stages.award.queries import awards_of
from jangteo.stages.contract.models import Amendment, Contract, Subcontract
from jangteo.stages.contract.queries.reading import contracts_of, securities_in_play
from jangteo.stages.contract.queries.rows import ContractRow, Security
from jangteo.stages.contract.queries.verbs import refused
from jangteo.ui.shapes import DeskTask

_LAWS = {"national": "국가계약법 제11조", "local": "지방계약법 제14조"}
_CHANGES = {"national": "국가계약법 제19조", "local": "지방계약법 제22조"}
_SECURITIES = {"national": "국가계약법 제12조", "local": "지방계약법 제15조"}
_SUB = "건설산업기본법 시행령 제32조"


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """Contracts to draft, offer, secure and sign, amendments, subcontracts to agree and to note."""
    if actor.party_kind == "agency":
        if "contract_officer" not in actor.roles:
            return []
        mine = contracts_of(actor)
        last = [*_to_note(actor), *_unbound(actor, mine, at)]
        secured = securities_in_play([row for row in mine if row.status in ("agreed", "active")])
        done = [*_officer(mine, secured), *_amendments(actor, mine, secured)]
        return [*_to_draft(actor), *done, *last]
    if actor.party_kind == "supplier":
        mine = contracts_of(actor)
        return [*_supplier(actor, mine), *_amendments(actor, mine, {}), *_to_agree(actor)]
    return []


def _to_draft(actor: Actor) -> list[DeskTask]:
    awards = [row for row in awards_of(actor) if row.status == "active"]
    known = Contract.objects.filter(award_id__in=[row.id for row in awards])
    made = set(known.exclude(status="cancelled").values_list("award_id", flat=True))
    title = N_("Draft the contract for “{title}”")
    return [
        DeskTask(
            title, {"title": row.title}, f"/contracts/new/{row.number}", row.contract_due,
            _LAWS[row.regime],
        )
        for row in awards
        if row.id not in made
    ]  # fmt: skip


def _task(row: ContractRow, title: str, who: str = "", law: str = "", url: str = "") -> DeskTask:
    state = "waiting" if who else "todo"
    due = None if row.stands else row.sign_due
    law = law or _LAWS[row.regime]
    return DeskTask(
        title, {"title": row.title}, url or f"/contracts/{row.number}", due, law, state, who
    )


def _officer(mine: Iterable[ContractRow], secured: Mapping[UUID, Security]) -> list[DeskTask]:
    return [task for row in mine if (task := _agencys(row, secured)) is not None]


def _agencys(row: ContractRow, secured: Mapping[UUID, Security]) -> DeskTask | None:
    """What the contract officer does, or waits for; a security may also come before signing."""
    if row.status == "pending":
        return _task(row, N_("Complete and send the contract “{title}”"))
    if row.status == "offered":
        return _task(row, N_("“{title}”: the supplier signs the contract"), "representative")
    if row.status in ("agreed", "active") and not secured[row.id].enough:
        law = _SECURITIES[row.regime]
        return _task(row, N_("Record the performance security of “{title}”"), law=law)
    return _task(row, N_("Sign the contract “{title}”")) if row.status == "agreed" else None


def _supplier(actor: Actor, mine: Iterable[ContractRow]) -> list[DeskTask]:
    signer = "" if "representative" in actor.roles else "representative"
    said = {
        "offered": (N_("Read and sign the contract “{title}”"), signer),
        "agreed": (N_("“{title}”: the agency signs the contract"), "contract_officer"),
    }
    return [_task(row, *said[row.status]) for row in mine if row.status in said]


def _amendments(
    actor: Actor, mine: Iterable[ContractRow], secured: Mapping[UUID, Security]
) -> list[DeskTask]:
    """Each open amendment: the supplier signs first, the agency last and only once it is secured.

    What is not secured yet is a task of its own.
    """
    named = {row.number: row for row in mine}
    found = Amendment.objects.filter(contract_number__in=named, status__in=("proposed", "agreed"))
    tasks = []
    for one in found.order_by("proposed_at"):
        row = named[one.contract_number]
        signer = "representative" if one.status == "proposed" else "contract_officer"
        last = signer == "contract_officer" and signer in actor.roles
        if last and not secured[row.id].enough:
            continue
        title = N_("Read and sign the amendment of “{title}”")
        if signer not in actor.roles:
            title = N_("“{title}”: the other side signs the amendment")
        tasks.append(
            _task(row, title, "" if signer in actor.roles else signer, _CHANGES[row.regime])
        )
    return tasks


def _sub(row: Subcontract, title: str, who: str = "") -> DeskTask:
    state = "waiting" if who else "todo"
    url = f"/subcontracts/{row.number}"
    return DeskTask(title, {"work": row.work}, url, row.told_due, _SUB, state, who)


def _to_agree(actor: Actor) -> list[DeskTask]:
    """Subcontracts that wait for the subcontractor, at both companies, and for the agency."""
    rows = Subcontract.objects.filter(status="registered").order_by("told_due")
    hired = rows.filter(subcontractor_id=actor.party_id)
    who = "" if "representative" in actor.roles else "representative"
    asked = [_sub(row, N_("Agree to the subcontract “{work}”"), who) for row in hired]
    waits = N_("“{work}”: the subcontractor agrees, then the agency takes note")
    given = rows.filter(supplier_id=actor.party_id)
    return [*asked, *(_sub(row, waits, "representative") for row in given)]


def _to_note(actor: Actor) -> list[DeskTask]:
    rows = Subcontract.objects.filter(buyer_id=actor.party_id, status="agreed")
    title = N_("Take note of the subcontract “{work}”")
    return [_sub(row, title) for row in rows.order_by("told_due")]


def _unbound(actor: Actor, mine: Iterable[ContractRow], at: datetime) -> list[DeskTask]:
    """Contracts whose money the budget system refuses to bind, or says nothing of: none is paid."""
    if actor.party_id is None:
        return []
    told = last_told("BudgetCommitment", actor.party_id)
    quiet = {one.key for one in silent(at, party_id=actor.party_id)}
    title = N_("The budget system refused to bind the money of “{title}” ({said}): tell it again")
    unsaid = N_("The budget system does not say whether it bound the money of “{title}”: ask it")
    tasks = []
    for row in mine:
        last = told.get(f"contract:{row.number}")
        if said := refused(last):
            tasks.append(replace(_task(row, title), params={"title": row.title, "said": said}))
        elif last is not None and last.key in quiet:
            tasks.append(_task(row, unsaid))
    return tasks
