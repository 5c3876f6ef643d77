"""What every link is made of: a card, and three total functions between us and the system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from jangteo.ground.errors import N_, Refusal
from jangteo.records.exchange.questions import Message


@dataclass(frozen=True, slots=True)
class Card:
    """Who stands at the other end.

    takes: questions of records.exchange; variable: of the environment, holds the address;
    hours: when it answers, in words; basis: how far the wire form here is known or presumed;
    encoding: of its words, as Python names it.
    """

    id: str
    name: str
    owner: str
    law: str
    takes: tuple[str, ...]
    variable: str
    hours: str
    basis: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Call:
    """One request: path below the system's address, and the exact bytes."""

    path: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the system says of one message; `never`: it has not received it, for certain.

    answer: of `done` {"amount": won, "reference", "at"}, of `rejected` {"reason"}.
    """

    said: Literal["accepted", "done", "rejected", "never"]
    reference: str = ""
    code: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """order and inquire write; read gives every outcome in an answer, Refusal for nonsense."""

    card: Card
    order: Callable[[Message, datetime], Call]
    inquire: Callable[[Message, datetime], Call]
    read: Callable[[Message, bytes], tuple[Outcome, ...]]


def misfit(code: str, **params: Any) -> Refusal:
    """Words of ours that the other system's form cannot hold; code: "order.too_long"."""
    return Refusal(
        f"link.{code}",
        N_("The other system's form cannot hold this message."),
        repair=N_("Correct the name or the account, then send it under a new key."),
        law="전자조달법 제12조",
        **params,
    )


def nonsense(code: str, **params: Any) -> Refusal:
    """Words that the other system's form does not allow; code: "answer.length"."""
    return Refusal(
        f"link.{code}",
        N_("This is not how the other system speaks."),
        repair=N_("See the evidence of the message; the translation may need mending."),
        law="전자조달법 제12조",
        **params,
    )
