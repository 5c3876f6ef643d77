"""Each system as the operator sees it: who it is, whether it can be reached, what waits for it."""

from dataclasses import dataclass

from django.conf import settings

from jangteo.interfaces.links.link import Card
from jangteo.records.account.queries import Actor
from jangteo.records.exchange import watching


@dataclass(frozen=True, slots=True)
class Standing:
    """reachable: somebody has given its address; waiting: without a result, unknown among them."""

    card: Card
    reachable: bool
    waiting: int
    unknown: int
    rejected: int
    done: int


def standings(actor: Actor) -> list[Standing]:
    """One row a system; Refusal 403 for anybody but the operator."""
    counted = watching.counts(actor)
    return [
        _standing(card, reachable, counted.get(card.id, {})) for card, reachable in settings.LINKS
    ]


def _standing(card: Card, reachable: bool, states: dict[str, int]) -> Standing:
    waiting = sum(states.get(one, 0) for one in watching.SHOWN["open"])
    said = (states.get(one, 0) for one in ("unknown", "rejected", "done"))
    return Standing(card, reachable, waiting, *said)
