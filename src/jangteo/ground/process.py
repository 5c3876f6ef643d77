"""A process as a value: the states a thing passes through and the verbs that move it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a state table.

    verb    what is done, an imperative: "publish"
    source  states it may be done in; empty for a verb that creates
    target  the state after it; "" for a verb that leaves the state as it is
    who     role names that may do it; "system" is the platform itself
    law     the article that gives the verb its force, in Korean as cited
    guard   name of the check that the action makes, for the reader; "" if none
    owner   column of the party whose people may do it, where it is not the table's own
    """

    verb: str
    source: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    law: str
    guard: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class StateTable:
    """All states of one kind of thing, each with a sentence, and all its transitions.

    name     the thing: "tender"; facts in the journal are named "<name>.<verb>"
    states   state -> English sentence marked with N_ saying what it means
    owner    name of the column that holds the owning party's id: "buyer_id"
    """

    name: str
    owner: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]

    def transition(self, verb: str) -> Transition:
        """The row of a verb; KeyError if the table has none."""
        for row in self.transitions:
            if row.verb == verb:
                return row
        raise KeyError(f"{self.name} has no verb {verb!r}")

    def owner_of(self, verb: str) -> str:
        """The column of the party whose people may do a verb."""
        return self.transition(verb).owner or self.owner

    def choices(self) -> list[tuple[str, str]]:
        """States as Django choices."""
        return list(self.states.items())
