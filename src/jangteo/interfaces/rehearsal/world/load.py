"""Play the practice world through the doors, from weeks ago to the present."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import (
    Agency,
    SealedPrice,
    Supplier,
    ask_for_keys,
    close_and_sign,
    draft,
    hold_opening,
    iso,
    make_custody,
    prepare_opening,
    send_bids,
)
from jangteo.interfaces.rehearsal.world import cast, documents, scenes
from jangteo.interfaces.rehearsal.world.names import Company
from jangteo.interfaces.rehearsal.world.scenes import STAGES, Scene

SEED = 20261124
#: how long before the present the world begins
BEFORE = timedelta(days=75)


@dataclass(slots=True)
class Played:
    """A scene on its way."""

    scene: Scene
    number: str = ""
    bids: list[SealedPrice] = field(default_factory=list)


class World:
    """The people of the world, and the doors they knock at."""

    def __init__(self, doors: Doors, operator: Person, chance: random.Random) -> None:
        self.doors, self.operator, self.chance = doors, operator, chance
        self.agencies: list[Agency] = []
        self.suppliers: list[tuple[Company, Supplier]] = []

    def enter(self, agencies: int, suppliers: int) -> None:
        """Register everybody; the first agency and supplier are those of the personas."""
        with ThreadPoolExecutor(8) as pool:
            self.agencies = list(
                pool.map(lambda i: cast.agency(self.doors, self.operator, i), range(agencies))
            )
            found = cast.companies(suppliers, self.chance)
            entered = pool.map(
                lambda pair: cast.supplier(self.doors, self.operator, *pair), enumerate(found)
            )
            self.suppliers = list(zip(found, entered, strict=True))

    def publish_draft(self, played: Played) -> None:
        """Draft a notice with its documents."""
        scene = played.scene
        terms = {
            "title": scene.title,
            "description": documents.description(scene),
            "site": scene.title.rsplit(" ", 2)[0],
            "base_amount": scene.base_amount,
            "estimated_price": scene.estimated_price,
            "a_value": scene.a_value,
            "licences": [scene.licence],
            "regions": [],
            "bidding_from": iso(scene.deadline - timedelta(hours=72)),
            "deadline": iso(scene.deadline),
            "opening_at": iso(scene.deadline + timedelta(hours=1)),
        }
        agency = self.agencies[scene.agency]
        played.number = draft(agency, terms)
        for name, text in documents.files(scene):
            documents.add(agency, played.number, name, text)

    def keys(self, played: Played) -> None:
        """Ask for the lot keys; the opening officer has not made hers yet."""
        ask_for_keys(self.agencies[played.scene.agency], played.number)

    def publish(self, played: Played) -> None:
        """Make the keys and publish."""
        agency = self.agencies[played.scene.agency]
        make_custody(agency, played.number)
        agency.contract.post(f"/tenders/{played.number}/publish")

    def cancel(self, played: Played) -> None:
        """Cancel with a reason."""
        body = {"reason": "사업 계획이 바뀌어 공고를 취소합니다."}
        self.agencies[played.scene.agency].contract.post(f"/tenders/{played.number}/cancel", body)

    def correct(self, played: Played) -> None:
        """Publish a correction with a later deadline and keys of its own."""
        scene, number = played.scene, played.number
        agency = self.agencies[scene.agency]
        later = scenes.working_moment(scene.deadline, 9, scene.deadline.hour)
        change = {
            "correction_reason": "설계 내역의 오기를 바로잡고 기간을 늘립니다.",
            "bidding_from": iso(later - timedelta(hours=72)),
            "deadline": iso(later),
            "opening_at": iso(later + timedelta(hours=1)),
        }
        agency.contract.post(f"/tenders/{number}/correction", change)
        make_custody(agency, number)
        agency.contract.post(f"/tenders/{number}/correction/publish")

    def bid(self, played: Played) -> None:
        """Let suppliers who hold the licence bid near the floor, as bidders do."""
        scene = played.scene
        able = [s for company, s in self.suppliers if scene.licence in company.licences]
        chosen = self.chance.sample(able, min(scene.bidders, len(able)))
        played.bids = [
            SealedPrice(supplier, self._price(scene), self._picks()) for supplier in chosen
        ]
        send_bids(self.doors, played.number, played.bids)

    def _price(self, scene: Scene) -> int:
        """A bid near the floor: base × about 1 × about 89.745 % of what is not A."""
        reserve = scene.base_amount * self.chance.randrange(985_000, 1_016_000) // 1_000_000
        rate = self.chance.randrange(89_700, 91_500)
        return scene.a_value + (reserve - scene.a_value) * rate // 100_000

    def _picks(self) -> tuple[int, int]:
        one, other = self.chance.sample(range(1, 16), 2)
        return one, other

    def sign(self, played: Played) -> None:
        """Close the set and let the contract officer sign; the opening officer has not yet."""
        agency = self.agencies[played.scene.agency]
        prepare_opening(agency, played.number)
        close_and_sign(agency, played.number, roles=("contract_officer",))

    def open(self, played: Played) -> None:
        """Hold the whole opening."""
        hold_opening(self.agencies[played.scene.agency], played.number)


Step = tuple[datetime, int, str, Played]


def steps(all_scenes: list[Scene]) -> list[Step]:
    """Everything that happens, in the order of time."""
    found: list[Step] = []
    for order, scene in enumerate(all_scenes):
        played = Played(scene)
        halfway = scene.posted + timedelta(days=1, hours=order % 5)
        found.append((scene.drafted, order, "publish_draft", played))
        reached = STAGES.index(scene.until)
        if scene.until == "keys":
            found.append((scene.drafted + timedelta(hours=2), order, "keys", played))
        if reached >= STAGES.index("publish"):
            found.append((scene.posted, order, "publish", played))
        if scene.ending:
            found.append((halfway, order, scene.ending, played))
        if reached >= STAGES.index("bid") and scene.bidders and not scene.ending:
            found.append((scene.deadline - timedelta(hours=30), order, "bid", played))
        if scene.until in ("sign", "open"):
            found.append((scene.deadline + timedelta(hours=1), order, scene.until, played))
    return sorted(found, key=lambda step: (step[0], step[1], STAGES_ORDER.index(step[2])))


STAGES_ORDER = ("publish_draft", "keys", "publish", "correct", "cancel", "bid", "sign", "open")


def load(
    doors: Doors,
    operator: Person,
    forward_to: Callable[[datetime], None],
    now: datetime,
    *,
    size: str = "full",
    say: Callable[[str], None] = print,
) -> tuple[list[Agency], list[Supplier]]:
    """Fill an empty sandbox whose clock stands at now − BEFORE, and leave it at the present.

    size: "full" (30 agencies, 300 suppliers, 60 tenders) or "small" for tests.
    """
    chance = random.Random(SEED)
    agencies, suppliers = (30, 300) if size == "full" else (2, 40)
    rows = scenes.FULL if size == "full" else scenes.SMALL
    world = World(doors, operator, chance)
    say(f"{agencies} agencies and {suppliers} suppliers")
    world.enter(agencies, suppliers)
    todo = [step for step in steps(scenes.scenes(now, rows, agencies, chance)) if step[0] <= now]
    for count, (at, _, what, played) in enumerate(todo, 1):
        forward_to(at)
        getattr(world, what)(played)
        if count % 10 == 0 or count == len(todo):
            say(f"{count} of {len(todo)} steps of the practice world")
    forward_to(now)
    return world.agencies, [supplier for _, supplier in world.suppliers]
