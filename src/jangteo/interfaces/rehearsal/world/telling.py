"""The stories of the practice world dated to today: who, when, for how much."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.world import names
from jangteo.interfaces.rehearsal.world.names import Company
from jangteo.interfaces.rehearsal.world.scenes import Act, Scene
from jangteo.interfaces.rehearsal.world.stories import ANY, Story
from jangteo.rules.calendar import add_working_days, is_working_day, working_day_from
from jangteo.rules.deadline.steps import due

#: Korean time of an opening's deadline; acts of a day follow in its afternoon
_DEADLINE, _ACTS = 10, 13


def scenes(
    now: datetime, told: Sequence[Story], companies: Sequence[Company], chance: random.Random
) -> list[Scene]:
    """One tender a story, each with its acts dated; the personas' company is the first."""
    return [_scene(now, story, index, companies, chance) for index, story in enumerate(told)]


def _scene(
    now: datetime, story: Story, index: int, companies: Sequence[Company], chance: random.Random
) -> Scene:
    agency = index % len(names.AGENCIES) if story.agency == ANY else story.agency
    name, _, regime = names.AGENCIES[agency]
    title, licence = names.order(
        index, story.buys, own=story.supplier == 0, large=bool(story.difficulty)
    )
    able = [n for n, one in enumerate(companies) if not licence or licence in one.licences]
    days = dates(now.astimezone(KST).date(), story, regime)
    base = story.base * 1_000
    return Scene(
        title=f"{name} {title}",
        agency=agency,
        regime=regime,
        licence=licence,
        region="",
        base_amount=base,
        a_value=0 if story.quoted else base * chance.randrange(20, 70) // 1000,
        net_cost=base * 84 // 100 if story.buys == "works" and not story.quoted else None,
        until="open",
        bidders=story.bidders,
        ending="",
        deadline=_moment(days[0], _DEADLINE),
        procedure="quotation" if story.quoted else "open",
        buys=story.buys,
        difficulty=story.difficulty,
        supplier=chance.choice(able[2:]) if story.supplier == ANY else story.supplier,
        acts=_acts(story, days),
        ends=_ends(now, story, days, chance),
    )


def _moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=KST)


def _acts(story: Story, days: list[date]) -> tuple[Act, ...]:
    """The acts of one day are played one after the other from the same moment on."""
    return tuple(
        Act(_moment(day, _ACTS + day.toordinal() % 4), verb, argument)
        for day, (verb, argument, _) in zip(days[1:], story.verbs, strict=True)
    )


def _ends(now: datetime, story: Story, days: list[date], chance: random.Random) -> date:
    """The contract's last day: ahead of today, or soon after the end of what is over."""
    verbs = [verb for verb, _, _ in story.verbs]
    over = [day for day, one in zip(days[1:], story.verbs, strict=True) if one[1] == "completion"]
    if over:
        return over[-1] + timedelta(days=7)
    if "terminate" in verbs:
        return days[1:][verbs.index("terminate")] - timedelta(days=10)
    return now.astimezone(KST).date() + timedelta(days=chance.randrange(20, 90))


def dates(today: date, story: Story, regime: str) -> list[date]:
    """The day of the opening and of each act, in order, all working days before today.

    Only the anchor of a clock may be another day, where no working day starts the clock so that it
    ends as the story wants it.
    """
    offsets, total = [0], 0
    for _, _, gap in story.verbs:
        total += gap
        offsets.append(total)
    verbs = ["open", *(verb for verb, _, _ in story.verbs)]
    place = len(verbs) - 1 - (verbs[::-1].index(story.anchor) if story.anchor else 0)
    fixed = add_working_days(working_day_from(today), -story.ago)
    if story.clock:
        fixed = start_of(story.clock, _target(today, story.left), regime)
    return [
        add_working_days(fixed, offset - offsets[place]) if offset != offsets[place] else fixed
        for offset in offsets
    ]


def _target(today: date, left: int) -> date:
    """The working day on which a clock ends: 0 today or the next one, 1 the one after, …"""
    day = working_day_from(today)
    return add_working_days(day, left) if left else day


def start_of(kind: str, target: date, regime: str) -> date:
    """A day before the target on which a clock of the law starts that ends on the target."""
    ahead = [target - timedelta(days=back) for back in range(1, 40)]
    fits = [day for day in ahead if due(kind, day, regime=regime, on=day).day == target]
    return next((day for day in fits if is_working_day(day)), fits[0])
