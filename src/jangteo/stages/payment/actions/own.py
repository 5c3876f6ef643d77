"""Take a claim in hand, locked, and check the reason that a step asks for."""

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.payment.models import Claim
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
