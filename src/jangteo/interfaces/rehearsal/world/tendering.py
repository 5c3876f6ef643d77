"""What happens to a tender of the practice world up to its opening: one function a verb."""

import random
from datetime import timedelta
from fractions import Fraction

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.play import SealedPrice, Supplier, iso
from jangteo.interfaces.rehearsal.street import awarding
from jangteo.interfaces.rehearsal.world import documents, scenes
from jangteo.interfaces.rehearsal.world.scenes import BIDDING, Scene
from jangteo.interfaces.rehearsal.world.town import Played, World
from jangteo.rules.award.screening import raised
from jangteo.rules.price import defaults
from jangteo.rules.price.floor import floor_price


def publish_draft(world: World, played: Played, _: str) -> None:
    """Draft a notice with its documents."""
    scene = played.scene
    terms = {
        "title": scene.title,
        "description": documents.description(scene),
        "site": scene.title.rsplit(" ", 2)[0],
        "main_procurement_category": scene.buys,
        "base_amount": scene.base_amount,
        "estimated_price": scene.estimated_price,
        "budget_amount": scene.budget,
        "a_value": scene.a_value,
        "base_net_cost": scene.net_cost,
        "licences": [scene.licence] if scene.licence else [],
        "regions": [],
        "bidding_from": iso(scene.deadline - BIDDING),
        "deadline": iso(scene.deadline),
        "opening_at": iso(scene.deadline + timedelta(hours=1)),
    }
    terms |= {"difficulty": scene.difficulty} if scene.difficulty else {}
    begin = play.draft_quotation if scene.procedure == "quotation" else play.draft
    played.number = begin(played.agency(world), terms)


def papers(world: World, played: Played, _: str) -> None:
    """Attach the papers of the notice."""
    for name, text in documents.files(played.scene):
        documents.add(played.agency(world), played.number, name, text)


def keys(world: World, played: Played, _: str) -> None:
    """Ask for the lot keys; the opening officer has not made hers yet."""
    play.ask_for_keys(played.agency(world), played.number)


def publish(world: World, played: Played, _: str) -> None:
    """Make the keys and publish."""
    agency = played.agency(world)
    play.make_custody(agency, played.number)
    play.put_out(agency, played.number)


def cancel(world: World, played: Played, _: str) -> None:
    """Cancel with a reason."""
    body = {"reason": "사업 계획이 바뀌어 공고를 취소합니다."}
    played.agency(world).contract.post(f"/tenders/{played.number}/cancel", body)


def correct(world: World, played: Played, _: str) -> None:
    """Publish a correction with a later deadline and keys of its own."""
    scene, number = played.scene, played.number
    agency = played.agency(world)
    later = scenes.working_moment(scene.deadline, 9, scene.deadline.hour)
    change = {
        "correction_reason": "설계 내역의 오기를 바로잡고 기간을 늘립니다.",
        "bidding_from": iso(later - BIDDING),
        "deadline": iso(later),
        "opening_at": iso(later + timedelta(hours=1)),
    }
    agency.contract.post(f"/tenders/{number}/correction", change)
    play.make_custody(agency, number)
    agency.contract.post(f"/tenders/{number}/correction/publish")


def bid(world: World, played: Played, _: str) -> None:
    """Let suppliers who hold the licence bid near the floor, as bidders do."""
    scene, chance = played.scene, played.chance
    able = world.able(scene)
    if scene.supplier < 0:
        chosen = chance.sample(able, min(scene.bidders, len(able)))
        prices = [_price(scene, chance) for _one in chosen]
        if prices and line_above_floor(scene):
            prices[0] = between(scene)
    else:
        chosen = _behind(world, played, able)
        prices = prices_by_design(scene, chance, len(chosen))
    played.bids = [
        SealedPrice(supplier, price, _picks(chance))
        for supplier, price in zip(chosen, prices, strict=True)
    ]
    play.send_bids(world.doors, played.number, played.bids, at_once=4)


def _price(scene: Scene, chance: random.Random) -> int:
    """A bid near the floor: base × about 1 × about 89.745 % of what is not A.

    Where the net-cost line lies above it, one from the line on, as the bidder guesses it.
    """
    reserve = scene.base_amount * chance.randrange(985_000, 1_016_000) // 1_000_000
    rate = chance.randrange(89_700, 91_500)
    price = scene.a_value + (reserve - scene.a_value) * rate // 100_000
    if not line_above_floor(scene):
        return price
    line = (scene.net_cost or 0) * reserve * 98 // (scene.base_amount * 100)
    return max(price, line + chance.randrange(1, reserve // 200))


def line_above_floor(scene: Scene) -> bool:
    """Whether so much of a tender is net cost that its line lies above the floor price."""
    return scene.net_cost is not None and 100 * scene.net_cost > 94 * scene.base_amount


def between(scene: Scene) -> int:
    """A bid above the floor and below the net-cost line for nearly every reserve price.

    The line is 93.6 % of the reserve price and the floor at most 90.5 %, so this lies between
    them while the reserve price is within 1.7 % of the base amount.
    """
    return scene.base_amount * 92 // 100


def _behind(world: World, played: Played, able: list[Supplier]) -> list[Supplier]:
    """Whoever is to be first, then others in the order of their bids."""
    winner = played.winner(world)
    others = [one for one in able if one is not winner]
    return [winner, *played.chance.sample(others, min(played.scene.bidders - 1, len(others)))]


def prices_by_design(scene: Scene, chance: random.Random, count: int) -> list[int]:
    """So many bids of which the first is the lowest one that counts, whatever is drawn.

    It lies just above the floor of the highest reserve price that the range allows, all others
    above it; the fourth and each fourth after it lie below the floor of the lowest one.
    """
    on = scene.posted.date()
    found = defaults.defaults(scene.regime, scene.buys, on)
    usual = defaults.floor_rate(
        scene.regime, scene.buys, scene.estimated_price, on=on, procedure=scene.procedure
    )
    rate = raised(
        usual, regime=scene.regime, category=scene.buys, estimated_price=scene.estimated_price,
        on=on, difficulty=scene.difficulty,
    ).rate  # fmt: skip
    floors = [
        floor_price(_part(scene.base_amount, percent), rate, scene.a_value).price
        for percent in (found.range_low, found.range_high)
    ]
    step = max(1, scene.base_amount // 500)
    made, price = [], floors[1] + 1_000
    for place in range(count):
        low = place % 4 == 3
        made.append(floors[0] - chance.randrange(step, 3 * step) if low else price)
        price += 0 if low else chance.randrange(1_000, step + 1_001)
    return made


def _part(base: int, percent: str) -> int:
    return int(base * (100 + Fraction(percent)) / 100)


def _picks(chance: random.Random) -> tuple[int, int]:
    one, other = chance.sample(range(1, 16), 2)
    return one, other


def sign(world: World, played: Played, _: str) -> None:
    """Close the set and let the contract officer sign; the opening officer has not yet."""
    agency = played.agency(world)
    play.prepare_opening(agency, played.number)
    play.close_and_sign(agency, played.number, roles=("contract_officer",))


def open(world: World, played: Played, _: str) -> None:
    """Hold the whole opening; whoever is first by design is examined from then on."""
    agency = played.agency(world)
    play.hold_opening(agency, played.number)
    if played.scene.supplier >= 0:
        awarding.candidate(agency, played.number)
