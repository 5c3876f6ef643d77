"""What happens to a tender of the practice world after its opening, as data.

A story is told in working days: `verb+2` comes two working days after the verb before it,
`verb:arg` hands the verb an argument. Verbs are the functions of aftermath that bear their names.
"""

from dataclasses import dataclass
from typing import Any

#: from the opening to an award in force: of a competition, and of a quotation
REVIEWED = "submit+2 review+2"
AWARDED = f"{REVIEWED} propose+0 confirm+1"
QUOTED = "review+1 propose+0 confirm+1"
#: from there to a contract in force, a subcontract that can be paid, works begun
SIGNED = "draft+1 offer+0 agree+2 conclude+1"
HIRED = "hire+1 join+1 note+1"
BEGUN = f"{SIGNED} {HIRED} start+1"
#: from accepted works to the last payee
PAID = "claim+1 approve+2 order+1"


@dataclass(frozen=True, slots=True)
class Story:
    """How one tender goes on.

    steps: see above; anchor: the verb that is dated, its last occurrence; ago: how many working
    days ago it happened; or clock, a kind of deadline/steps, with left: that clock ends in so many
    working days (0 today, negative: it is over). agency, supplier: index, ANY for any; base: base
    amount in thousands of won; quoted: a quotation; buys: works, goods or services; difficulty: as
    a notice of large works names it.
    """

    steps: str
    agency: int = 0
    supplier: int = 0
    base: int = 0
    quoted: bool = False
    buys: str = "works"
    difficulty: str = ""
    bidders: int = 3
    anchor: str = ""
    ago: int = 1
    clock: str = ""
    left: int = 0

    @property
    def verbs(self) -> list[tuple[str, str, int]]:
        """(verb, argument, working days after the verb before it)."""
        found = []
        for word in self.steps.split():
            told, _, days = word.partition("+")
            verb, _, argument = told.partition(":")
            found.append((verb, argument, int(days)))
        return found


ANY = -1
_INSPECTION, _PAYMENT = "inspection", "progress_payment"

#: one contract on which most of the street can be seen
_LONG = (
    f"{QUOTED} {BEGUN} request:30+8 accept+2 claim+1 approve+2 order+1 word+2"
    " request:20+6 accept+2 claim+1 approve+1 request:20+0 accept+1 claim+1 request:completion+0"
)
_LONG_ENDS: dict[str, Any] = {"anchor": "claim", "clock": _PAYMENT, "left": 3}

SMALL: tuple[Story, ...] = (Story(_LONG, base=66_000, quoted=True, bidders=2, **_LONG_ENDS),)

FULL: tuple[Story, ...] = (
    # examination
    Story("", base=412_000, bidders=7),
    Story("submit+2", supplier=ANY, base=287_000, bidders=5),
    Story("submit+2 supplement+1", base=164_000, bidders=4),
    Story(REVIEWED, ANY, ANY, base=535_000, bidders=6),
    Story(f"{REVIEWED} propose+0", supplier=ANY, base=198_000, bidders=4),
    Story(f"{REVIEWED} propose+0 refuse+1", ANY, ANY, base=248_000),
    Story(f"{AWARDED} annul+3", ANY, ANY, base=321_000, bidders=4),
    Story("submit+2 reject+2 withdraw+2", ANY, ANY, base=143_000, bidders=2, ago=6),
    # quotations that wait for somebody
    Story("", supplier=ANY, base=18_700, quoted=True, buys="goods", bidders=2),
    Story("review+1 propose+0", supplier=ANY, base=27_500, quoted=True, buys="services"),
    Story(QUOTED, supplier=ANY, base=14_300, quoted=True, buys="goods", bidders=1),
    # contracts on their way
    Story(f"{AWARDED} draft+1", supplier=ANY, base=376_000),
    Story(f"{QUOTED} draft+1 offer+0", base=33_000, quoted=True),
    Story(f"{AWARDED} draft+1 offer+0 agree+1", supplier=ANY, base=228_000),
    Story(f"{QUOTED} draft+1 offer+0 shelve+3", ANY, ANY, base=21_000, quoted=True, ago=8),
    Story(f"{QUOTED} {SIGNED} hire+1", base=121_000, quoted=True),
    Story(f"{AWARDED} {SIGNED} hire+1 join+1", supplier=ANY, base=455_000),
    # works under way
    Story(f"{QUOTED} {BEGUN} change:8+6", base=89_000, quoted=True),
    Story(f"{AWARDED} {BEGUN} change:5+4 agree_change+1", ANY, ANY, base=266_000),
    Story(
        f"{QUOTED} {BEGUN} change:6+4 agree_change+1 conclude_change+1", base=74_000, quoted=True,
    ),
    Story(f"{QUOTED} {BEGUN} change:4+3 drop_change+1 hire+1 part+2", base=52_000, quoted=True),
    Story(f"{QUOTED} {SIGNED} start+1 terminate+18", ANY, ANY, base=44_000, quoted=True, ago=3),
    # inspections: due today, on the next working day, late; to be mended; withdrawn; claimable
    Story(
        f"{AWARDED} {BEGUN} request:40+12", supplier=ANY, base=312_000,
        anchor="request", clock=_INSPECTION, left=0,
    ),
    Story(
        f"{QUOTED} {BEGUN} request:completion+9", base=38_500, quoted=True,
        anchor="request", clock=_INSPECTION, left=1,
    ),
    Story(
        f"{QUOTED} {BEGUN} request:60+10", supplier=ANY, base=57_000, quoted=True,
        anchor="request", clock=_INSPECTION, left=-2,
    ),
    Story(f"{QUOTED} {BEGUN} request:50+9 fault+3", base=68_000, quoted=True),
    Story(f"{QUOTED} {BEGUN} request:35+5 call_off+2", ANY, ANY, base=83_000, quoted=True),
    Story(f"{QUOTED} {BEGUN} request:45+9 fault+3 again+3 accept+2", base=95_000, quoted=True),
    # claims: due today, on the next working day, late; returned, withdrawn
    Story(
        f"{QUOTED} {BEGUN} request:40+10 accept+3 claim+1", base=110_000, quoted=True,
        anchor="claim", clock=_PAYMENT, left=0,
    ),
    Story(
        f"{QUOTED} {BEGUN} request:completion+11 accept+2 claim+1 approve+2", supplier=ANY,
        base=48_400, quoted=True, anchor="claim", clock=_PAYMENT, left=1,
    ),
    Story(
        f"{AWARDED} {BEGUN} request:25+9 accept+4 claim+1 approve+4", base=184_000,
        anchor="claim", clock=_PAYMENT, left=-2,
    ),
    Story(f"{QUOTED} {BEGUN} request:30+8 accept+3 claim+1 give_back+1", base=77_000, quoted=True),
    Story(
        f"{QUOTED} {BEGUN} request:55+8 accept+3 claim+1 take_back+1", ANY, ANY, base=61_000,
        quoted=True, ago=4,
    ),
    # money on its way: no such account, an amount in doubt, a silent bank, a refused order
    Story(
        f"{AWARDED} {BEGUN} request:40+10 accept+3 claim:9005+1 approve+1 order+1", base=297_000,
    ),
    Story(
        f"{QUOTED} {BEGUN} request:50+7 accept+2 claim:9007+1 approve+1 order+1", supplier=ANY,
        base=71_500, quoted=True,
    ),
    Story(
        f"{QUOTED} {BEGUN} request:45+8 accept+2 claim:9011+1 approve+1 order+1", ANY, ANY,
        base=53_900, quoted=True,
    ),
    Story(
        f"{QUOTED} draft:9007+1 offer+0 agree+1 conclude+1 {HIRED} start+1 request:60+8 accept+2"
        " claim+1 approve+1 order+1", supplier=ANY, base=39_600, quoted=True,
    ),
    # paid: with a payee who misses the money; all of it; and the contract that shows most
    Story(f"{QUOTED} {BEGUN} request:40+9 accept+3 {PAID} miss+3", base=92_000, quoted=True),
    Story(f"{AWARDED} {BEGUN} request:completion+14 accept+4 {PAID} word+2", base=154_000, ago=12),
    Story(
        f"{QUOTED} {SIGNED} start+1 request:completion+7 accept+2 {PAID}", ANY, ANY,
        base=12_100, quoted=True, bidders=1, ago=20,
    ),
    Story(_LONG, base=66_000, quoted=True, bidders=2, **_LONG_ENDS),
    # large works of a state agency, whose notice names a difficulty, from the notice to the money
    Story(
        f"{AWARDED} {BEGUN} request:40+5 accept+2 {PAID}", agency=26, base=7_700_000, bidders=5,
        difficulty="0.90",
    ),
)  # fmt: skip
