"""What payments ask of whom."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.queries import silent
from jangteo.stages.payment.queries.reading import claimable_of, claims_of
from jangteo.stages.payment.queries.rows import ClaimRow
from jangteo.ui.shapes import DeskTask

LAW = "국가계약법 시행령 제58조, 지방계약법 시행령 제67조"
_LEAVES = "전자조달법 제9조의2"

#: system that leaves a payment without a result -> what its payer does
_QUIET = {
    "budget": N_("The budget system does not say whether it pays for “{title}”: ask it"),
    "bank": N_("The bank does not say whether money for “{title}” is there: ask the bank"),
}


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """What waits for this person, and what waits for a colleague; paid claims with doubts too."""
    if actor.party_kind not in ("agency", "supplier"):
        return []
    rows = claims_of(actor, at=at, unsettled=True)
    rows = [row for row in rows if row.status != "withdrawn"]
    if actor.party_kind == "agency":
        quiet = {(one.about, one.system) for one in silent(at, party_id=actor.party_id)}
        return [task for row in rows for task in _agency(actor, row, quiet)]
    if "representative" not in actor.roles:
        return []
    to_claim = [
        DeskTask(
            N_("Claim the {left} won accepted for “{title}”"),
            {"left": one.left, "title": one.title},
            f"/contracts/{one.contract_number}/claims/new",
            None,
            LAW,
        )
        for one in claimable_of(actor)
    ]
    return [*(task for row in rows for task in _supplier(row)), *to_claim]


def _task(row: ClaimRow, title: str, who: str = "", law: str = LAW) -> DeskTask:
    params = {"amount": row.amount, "title": row.title}
    due = row.due if row.status in ("filed", "approved", "ordered") else None
    state = "waiting" if who else "todo"
    return DeskTask(title, params, f"/claims/{row.number}", due, law, state, who)


def _agency(actor: Actor, row: ClaimRow, quiet: AbstractSet[tuple[str, str]]) -> Iterator[DeskTask]:
    checks, orders = "contract_officer" in actor.roles, "disbursing_officer" in actor.roles
    if row.status == "filed" and (checks or orders):
        title = N_("Check the claim of {amount} won for “{title}”")
        yield _task(row, title, "" if checks else "contract_officer")
    if row.status == "approved" and (checks or orders):
        title = N_("Order the payment of {amount} won for “{title}”")
        yield _task(row, title, "" if "order" in row.verbs else "disbursing_officer")
    if "confirm_payee" in row.verbs:
        said = N_("A payee of “{title}” was corrected: confirm it or ask the supplier")
        yield _task(row, said, law=_LEAVES)
    if not orders:
        return
    if "order_again" in row.verbs:
        yield _task(row, N_("The budget system refused the payment for “{title}”: order it again"))
    for system, title in _QUIET.items():
        if (f"claim:{row.number}", system) in quiet:
            yield _task(row, title)
    if any(leaf.in_doubt for leaf in row.leaves):
        said = N_("The bank confirmed another amount than ordered for “{title}”: ask the bank")
        yield _task(row, said, law=_LEAVES)
    if any(leaf.disputed for leaf in row.leaves):
        said = N_("A payee of “{title}” says that the money is not there as it should be")
        yield _task(row, said, law=_LEAVES)


def _supplier(row: ClaimRow) -> Iterator[DeskTask]:
    if row.status == "returned":
        yield _task(row, N_("Correct the returned claim of {amount} won for “{title}”"))
    if "correct_account" in row.verbs:
        said = N_("A payee's bank sent money back for “{title}”: correct the account")
        back = [leaf for leaf in row.leaves if leaf.status == "bounced"]
        asked = all(leaf.proposed for leaf in back)
        yield _task(row, said, "contract_officer" if asked else "", law=_LEAVES)
