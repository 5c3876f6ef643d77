"""Each system as the operator sees it: who it is, whether it can be reached, what waits for it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from jangteo.ground.errors import N_
from jangteo.interfaces.links.link import Card
from jangteo.records.account.queries import Actor
from jangteo.records.exchange import watching
from jangteo.records.exchange.queries import silent
from jangteo.ui.shapes import DeskTask


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


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """For the operator: each system that leaves messages without a result, its soonest due."""
    if "operator" not in actor.roles:
        return []
    found = silent(at)
    title = N_("{system} leaves {count} messages without a result: ask its owner")
    return [
        DeskTask(
            title, {"system": card.name, "count": len(rows)}, "/operations/exchange",
            min((row.due for row in rows if row.due), default=None), card.law,
        )
        for card, _reachable in settings.LINKS
        if (rows := [row for row in found if row.system == card.id])
    ]  # fmt: skip
