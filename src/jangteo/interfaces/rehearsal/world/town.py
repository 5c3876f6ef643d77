"""The people of the practice world, and what is known of a tender on its way."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.world import cast
from jangteo.interfaces.rehearsal.world.names import Company
from jangteo.interfaces.rehearsal.world.scenes import Scene

AT_ONCE = 6


class World:
    """Who lives in the world, and the doors they knock at."""

    def __init__(self, doors: Doors, operator: Person) -> None:
        self.doors, self.operator = doors, operator
        self.agencies: list[Agency] = []
        self.suppliers: list[tuple[Company, Supplier]] = []

    def enter(self, agencies: int, companies: list[Company]) -> None:
        """Register everybody; the first agency and supplier are those of the personas."""
        with ThreadPoolExecutor(8) as pool:
            self.agencies = list(
                pool.map(lambda i: cast.agency(self.doors, self.operator, i), range(agencies))
            )
            entered = pool.map(
                lambda pair: cast.supplier(self.doors, self.operator, *pair), enumerate(companies)
            )
            self.suppliers = list(zip(companies, entered, strict=True))

    def supplier(self, index: int) -> Supplier:
        """A supplier by its place."""
        return self.suppliers[index][1]

    def able(self, scene: Scene) -> list[Supplier]:
        """Who may bid for a tender: whoever holds the licence it asks for."""
        needed = scene.licence
        return [s for company, s in self.suppliers if not needed or needed in company.licences]


@dataclass(slots=True)
class Played:
    """A scene on its way; chance: its own, so that scenes can be played side by side.

    at: the moment it has come to; number: the tender's; contract, subcontract and claim: of the
    newest there are.
    """

    scene: Scene
    chance: random.Random
    at: datetime
    number: str = ""
    bids: list[SealedPrice] = field(default_factory=list)
    contract: str = ""
    subcontract: str = ""
    claim: str = ""

    def agency(self, world: World) -> Agency:
        """Whose tender it is."""
        return world.agencies[self.scene.agency]

    def winner(self, world: World) -> Supplier:
        """Whoever is first by design."""
        return world.supplier(self.scene.supplier)
