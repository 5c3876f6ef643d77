"""Which tenders the practice world holds: what each is, and how far each has come by now."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.world import names
from jangteo.rules.calendar import add_working_days, is_working_day
from jangteo.rules.deadline.manner import Manner
from jangteo.rules.deadline.notice_period import latest_posting_day

#: how far a tender comes, in order
STAGES = ("draft", "keys", "publish", "bid", "prepare", "sign", "open")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens at a moment; verb: a function of aftermath."""

    at: datetime
    verb: str
    argument: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One tender of the world.

    agency: index of the agency; until: the last thing that happens to it; bidders: how many bid;
    net_cost: of open works within the base amount, else None; ending: "", "cancel" or "correct",
    done halfway between posting and deadline; buys: works, goods or services; difficulty: of works
    from five billion won on, as the notice names it. Of a tender that is told on after its opening,
    acts: what happens then; supplier: index of whoever has to be first;
    ends: the last day of its contract.
    """

    title: str
    agency: int
    regime: str
    licence: str
    region: str
    base_amount: int
    a_value: int
    net_cost: int | None
    until: str
    bidders: int
    ending: str
    deadline: datetime
    procedure: str = "open"
    buys: str = "works"
    difficulty: str = ""
    supplier: int = -1
    acts: tuple[Act, ...] = ()
    ends: date | None = None

    @property
    def estimated_price(self) -> int:
        """추정가격: the base amount without VAT of a tenth."""
        return self.base_amount * 10 // 11

    @property
    def budget(self) -> int | None:
        """배정예산 of a competition: the base amount, up to the next ten million won."""
        return -(-self.base_amount // 10_000_000) * 10_000_000 if self.procedure == "open" else None

    @property
    def drafted(self) -> datetime:
        """When its officer began it: well ahead where it is still being prepared."""
        if self.until in ("draft", "keys"):
            return self.deadline - timedelta(days=21)
        return self.posted - timedelta(hours=1)

    @property
    def posted(self) -> datetime:
        """09:00 of the working day before the latest lawful posting day."""
        latest = latest_posting_day(
            self.deadline.astimezone(KST).date(),
            regime=self.regime,
            category=self.buys,
            estimated_price=self.estimated_price,
            manner=Manner(self.procedure),
        ).day
        day = add_working_days(latest, -1)
        return datetime(day.year, day.month, day.day, 9, tzinfo=KST)


def working_moment(now: datetime, days: int, hour: int) -> datetime:
    """The working day `days` from now or the next one, at an hour of Korean time."""
    day = now.astimezone(KST).date() + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1 if days >= 0 else -1)
    return datetime(day.year, day.month, day.day, hour, tzinfo=KST)


#: how long bids are taken: over a weekend as well, so that a visitor finds a tender at any hour
BIDDING = timedelta(hours=120)
#: net costs in thousandths of the base amount; from the last the line lies above the floor
NET_SHARES = (840, 865, 955)

Rows = tuple[tuple[str, str, int, tuple[int, int], tuple[int, int]], ...]
#: (until, ending, count, days from now of the deadline from…to, bidders from…to)
FULL: Rows = (
    ("draft", "", 4, (12, 20), (0, 0)),
    ("keys", "", 3, (12, 20), (0, 0)),
    ("publish", "", 8, (4, 8), (0, 0)),
    ("bid", "", 10, (1, 4), (3, 14)),
    ("bid", "correct", 3, (7, 9), (3, 8)),
    ("publish", "cancel", 3, (-12, 3), (0, 0)),
    ("bid", "", 4, (-1, -1), (4, 15)),
    ("sign", "", 2, (-2, -1), (4, 9)),
    ("open", "", 4, (-3, -1), (9, 28)),
    ("open", "", 3, (-20, -3), (0, 1)),
)
SMALL: Rows = (
    ("draft", "", 1, (14, 14), (0, 0)),
    ("keys", "", 1, (14, 14), (0, 0)),
    ("bid", "", 3, (2, 4), (2, 4)),
    ("publish", "cancel", 1, (3, 3), (0, 0)),
    ("bid", "", 1, (-1, -1), (3, 4)),
    ("open", "", 2, (-4, -2), (4, 6)),
    ("open", "", 1, (-3, -3), (1, 1)),
)


def scenes(now: datetime, rows: Rows, agencies: int, chance: random.Random) -> list[Scene]:
    """The tenders of a world of so many agencies; the first agency has some of every kind."""
    made: list[Scene] = []
    for until, ending, count, (first, last), (few, many) in rows:
        for step in range(count):
            agency = 0 if step == 0 else chance.randrange(agencies)
            name, region, regime = names.AGENCIES[agency]
            work, licence = names.title(len(made), chance)
            base = chance.randrange(38_000, 780_000) * 1_000
            days = first + (last - first) * step // max(1, count - 1)
            made.append(
                Scene(
                    title=f"{name} {work}",
                    agency=agency,
                    regime=regime,
                    licence=licence,
                    region=region if base < 330_000_000 and regime == "local" else "",
                    base_amount=base,
                    a_value=base * chance.randrange(20, 70) // 1000 if chance.random() < 0.6 else 0,
                    net_cost=base * NET_SHARES[(step + 1) % len(NET_SHARES)] // 1000,
                    until=until,
                    bidders=chance.randint(few, many),
                    ending=ending,
                    deadline=working_moment(now, days, chance.randrange(10, 17)),
                )
            )
    return made
