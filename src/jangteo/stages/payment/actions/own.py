"""Take a claim in hand, locked, and check what several steps ask for."""

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.reading import is_side, unknown

LAW = "국가계약법 시행령 제58조, 지방계약법 시행령 제67조"
LEAVES = "전자조달법 제9조의2, 하도급거래공정화법 제13조"
MOST = 500
#: the platform acting on what another system said
PLATFORM = Actor.system("payment")


def own(by: Actor, number: str) -> Claim:
    """A claim of the actor's side, locked; Refusal `claim.unknown` (404)."""
    found = Claim.objects.select_for_update().filter(number=number).first()
    if found is None or not is_side(by, found.buyer_id, found.supplier_id):
        raise unknown()
    return found


def leaf_of(claim: Claim, position: int) -> Leaf:
    """A payee of a claim; Refusal `claim.leaf.unknown` (404)."""
    found = Leaf.objects.filter(claim=claim, position=position).first()
    if found is None:
        raise Refusal(
            "claim.leaf.unknown",
            N_("This claim has no such payee."),
            repair=N_("Look at the claim's page again."),
            status=404,
        )
    return found


def another_than_approver(claim: Claim, by: Actor, code: str, text: str) -> None:
    """Two people, never one: Refusal `code` (403) for the person who approved the claim."""
    if claim.approved_by == by.account_id:
        raise Refusal(
            code,
            text,
            repair=N_("Ask another disbursing officer of your agency."),
            law=LAW,
            status=403,
        )


def reason_given(text: str) -> str:
    """A reason as it is kept; Refusal `claim.reason.missing` for none or one too long."""
    plain = text.strip()
    if not plain or len(plain) > MOST:
        raise Refusal(
            "claim.reason.missing",
            N_("This needs a reason of at most {most} characters."),
            repair=N_("Say it in a sentence or two; whoever is concerned reads it."),
            law=LAW,
            field="reason",
            most=MOST,
        )
    return plain
