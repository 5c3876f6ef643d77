"""How wishes are spoken of, what a second person reads of one, and who may do what about it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may
from jangteo.records.wish.models import Asked

#: how a wish ends; one that is replaced is withdrawn by whoever asks anew
ENDS = {
    "confirmed": N_("Confirmed by a second person"),
    "refused": N_("Refused with a reason"),
    "withdrawn": N_("Withdrawn"),
    "lapsed": N_("Lapsed: it can no longer be confirmed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How wishes about one kind of thing are spoken of.

    word: of their verbs in its state table, refuse_…, withdraw_… and lapse_…; nobody, same_person,
    not_this, not_yours: codes of refusals; others: the role that withdraws what others asked for,
    "" where only who asked does.
    """

    word: str
    nobody: str
    same_person: str
    not_this: str
    not_yours: str
    others: str = "contract_officer"

    @property
    def refuse(self) -> str:
        return f"refuse_{self.word}"

    @property
    def withdraw(self) -> str:
        return f"withdraw_{self.word}"

    @property
    def lapse(self) -> str:
        return f"lapse_{self.word}"


def digest_of(asked: Asked) -> str:
    """Of what a second person reads before deciding: 64 hex digits; anything else is refused."""
    said = (str(asked.pk), *asked.matter, asked.reason, str(asked.asked_by),
            asked.asked_at.isoformat())  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def may_do(actor: Actor, thing: Any, asked: Asked, manner: Manner) -> frozenset[str]:
    """Of "confirm", "refuse" and "withdraw" what an actor may do about an open wish."""
    if asked.ended:
        return frozenset()
    mine = asked.asked_by == actor.account_id
    decides = not mine and may(actor, manner.refuse, thing)
    back = (mine or manner.others in actor.roles) and may(actor, manner.withdraw, thing)
    found = {"confirm", "refuse"} if decides else set[str]()
    return frozenset(found | ({"withdraw"} if back else set()))
