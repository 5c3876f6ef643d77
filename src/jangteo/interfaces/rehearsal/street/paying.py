"""From accepted works to every payee's money: claim, check, order, confirmation, a word."""

from typing import Any

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.client import Doors, Person, wait_for
from jangteo.interfaces.rehearsal.play import Agency, Supplier

Leaf = dict[str, Any]
Payee = tuple[str, str, str, str]
#: share of the subcontract in hundredths -> (kind, name, bank, account) of who is paid under it
UNDER: dict[int, Payee] = {
    21: ("worker", "김하늘", "020", "1002345678901"),
    19: ("worker", "정바다", "004", "93740212345678"),
    14: ("equipment", "한길중기", "011", "3010123456781"),
    11: ("material", "새빛자재", "088", "110234567891"),
}
BRANCH: Payee = ("subcontractor", "", "003", "01012345604")
OWN: Payee = ("prime", "", "088", "110123456789")


def leaf(kind: str, name: str, bank: str, account: str, amount: int, under: str = "") -> Leaf:
    """One payee as POST …/claims takes it; under: number of a subcontract, or ""."""
    return {
        "kind": kind, "payee_name": name, "bank": bank, "account": account, "amount": amount,
        "subcontract": under,
    }  # fmt: skip


def leaves(amount: int, *, under: str = "", share: int = 0) -> list[Leaf]:
    """A tree that sums to an amount in won.

    Without a subcontract the contractor gets all of it. under, share: number of a subcontract and
    won of it; it is split among subcontractor, two workers, equipment and material.
    """
    if not under:
        return [leaf(*OWN, amount)]
    made = [leaf(*OWN, amount - share)] if amount > share else []
    paid = [leaf(*who, share * part // 100, under) for part, who in UNDER.items()]
    return [*made, leaf(*BRANCH, share - sum(one["amount"] for one in paid), under), *paid]


def file(supplier: Supplier, number: str, given: list[Leaf]) -> str:
    """File a claim over the sum of its leaves; number: the contract's. The claim's number."""
    body = {"amount": sum(one["amount"] for one in given), "leaves": given}
    return str(supplier.agent.post(f"/contracts/{number}/claims", body)["number"])


def file_again(supplier: Supplier, claim: str, given: list[Leaf]) -> None:
    """File a returned claim again."""
    body = {"amount": sum(one["amount"] for one in given), "leaves": given}
    supplier.agent.put(f"/claims/{claim}", body)


def withdraw(supplier: Supplier, claim: str) -> None:
    """Withdraw a claim that is not approved."""
    supplier.agent.post(f"/claims/{claim}/withdraw")


def left(supplier: Supplier, number: str) -> int:
    """Won accepted and not claimed yet; number: the contract's."""
    return int(supplier.agent.get(f"/contracts/{number}/claims/left")["left"])


def state(reader: Person, claim: str) -> dict[str, Any]:
    """A claim with its leaves, as this reader may see it."""
    found: dict[str, Any] = reader.get(f"/claims/{claim}")
    return found


def send_back(agency: Agency, claim: str, *, reason: str) -> None:
    """Return a claim with a reason."""
    agency.contract.post(f"/claims/{claim}/return", {"reason": reason})


def approve(agency: Agency, claim: str) -> None:
    """Find a claim right."""
    agency.contract.post(f"/claims/{claim}/approve")


def order(agency: Agency, claim: str) -> None:
    """Order the payment, once the budget system has bound the money to the contract."""
    wait_for(
        lambda: _ordered(agency, claim),
        bool,
        what="the budget system to bind the money",
    )


def _ordered(agency: Agency, claim: str) -> bool:
    try:
        agency.disbursing.post(f"/claims/{claim}/order")
    except Refusal as refusal:
        if refusal.code != "claim.order.not_committed":
            raise
        return False
    return True


def wait_paid(agency: Agency, claim: str) -> dict[str, Any]:
    """Wait until every payee's bank has confirmed; the claim as it is then."""
    found: dict[str, Any] = wait_for(
        lambda: state(agency.disbursing, claim),
        lambda now: now["status"] == "paid",
        what="every payee's bank to confirm",
    )
    return found


def wait_settled(agency: Agency, claim: str, *, silent: int = 0) -> dict[str, Any]:
    """Wait until nothing of an ordered claim moves by itself; the claim as it is then.

    silent: payees whose bank takes the order and never says what became of it.
    """
    found: dict[str, Any] = wait_for(
        lambda: state(agency.disbursing, claim),
        lambda now: now["finding"] or _moving(now["leaves"]) == ["instructed"] * silent,
        what="budget system and bank to answer",
    )
    return found


def _moving(rows: list[dict[str, Any]]) -> list[str]:
    """The states of all payees who are not credited and for whom nobody has to look."""
    ended = ("credited", "bounced")
    return [row["status"] for row in rows if row["status"] not in ended and not row["finding"]]


def pay(agency: Agency, supplier: Supplier, number: str, given: list[Leaf]) -> dict[str, Any]:
    """All of it, from accepted works; number: the contract's. The paid claim."""
    claim = file(supplier, number, given)
    approve(agency, claim)
    order(agency, claim)
    return wait_paid(agency, claim)


def correct_account(
    supplier: Supplier, claim: str, position: int, *, bank: str, account: str
) -> None:
    """Name another account of a payee whose bank sent the money back."""
    body = {"bank": bank, "account": account}
    supplier.agent.put(f"/claims/{claim}/leaves/{position}/account", body)


def link(supplier: Supplier, claim: str, position: int) -> str:
    """The path of a payee's own page, as whoever claims hands it on."""
    rows = state(supplier.agent, claim)["leaves"]
    return str(next(row["link"] for row in rows if row["position"] == position))


def say(doors: Doors, path: str, said: str, amount: int | None = None) -> dict[str, Any]:
    """A payee's word by the signed link: received, not_received or differs with the amount."""
    token = path.rpartition("/")[2]
    body = {"said": said, "amount": amount}
    found: dict[str, Any] = doors.as_().post(f"/payees/{token}", body)
    return found


def words(doors: Doors, path: str) -> list[dict[str, Any]]:
    """What a payee has said so far, by the signed link."""
    found: list[dict[str, Any]] = doors.as_().get(f"/payees/{path.rpartition('/')[2]}")["words"]
    return found


def trail(doors: Doors, number: str) -> dict[str, Any]:
    """One contract's money from the notice to the last payee, as everybody may read it."""
    found: dict[str, Any] = doors.as_().get(f"/contracts/{number}/trail")
    return found
