"""What an award method is made of, so that the stages ask it and never its name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NotRequired, Protocol, TypedDict, Unpack

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason
from jangteo.rules.award.order import points
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.rules.price.floor import Floor
from jangteo.rules.price.net_cost import NetCost
from jangteo.rules.price.reserve import Reserve


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the score beside the price; least and full: between what points it counts."""

    code: str
    text: str
    full: Fraction
    least: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Score:
    """price and others add up to total; passes: total is at or above the pass mark."""

    price: Fraction
    others: Fraction
    total: Fraction
    pass_mark: Fraction
    passes: bool
    reasons: Sequence[Reason]
    rules: Mapping[str, str]


class Terms(TypedDict):
    """What a score rests on beside the price; won without VAT, `on` the day whose law holds.

    difficulty: of the works, "0.85"; "" or left out where the notice names none.
    """

    estimated_price: int
    regime: str
    category: str
    on: date
    difficulty: NotRequired[str]


class Offer(Terms):
    """What the price score is computed from; prices in won."""

    amount: int
    reserve_price: int
    a_value: int


class Category(Protocol):
    """The category of the method's tables for a notice's category and licences."""

    def __call__(self, category: str, licences: Collection[str], *, on: date) -> str: ...


class Items(Protocol):
    """The items beside the price; RuleMissing where no table is known."""

    def __call__(self, **terms: Unpack[Terms]) -> tuple[Item, ...]: ...


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The difficulties among which a notice of works chooses, with their article and row."""

    values: tuple[str, ...]
    law: str
    row: str


class Difficulties(Protocol):
    """The difficulties that a notice may name, None where its table multiplies no mark."""

    def __call__(self, **terms: Unpack[Terms]) -> Coefficients | None: ...


class Provisional(Protocol):
    """The score with every other item at its full mark."""

    def __call__(self, **offer: Unpack[Offer]) -> Score: ...


class Reviewed(Protocol):
    """The score with the officer's figure for each item."""

    def __call__(self, *, scores: Mapping[str, Fraction], **offer: Unpack[Offer]) -> Score: ...


class Question(Protocol):
    """The same score as a case of docs/figures.md, for the second engine; see `CANDIDATE`.

    scores: the officer's figures, None for full marks; others: the other bids that count, in won.
    """

    def __call__(
        self,
        *,
        scores: Mapping[str, Fraction] | None,
        others: Sequence[int],
        **offer: Unpack[Offer],
    ) -> dict[str, Any]: ...


#: the key of the candidate's own bid in a case
CANDIDATE = "candidate"
#: what two calculations of a score are compared by, as docs/figures.md names it
COMPARED = ("price", "others", "total", "passes")


def written(score: Score) -> dict[str, str]:
    """A score of ours in the words of docs/figures.md."""
    said = {"price": score.price, "others": score.others, "total": score.total}
    passes = "yes" if score.passes else "no"
    return {name: points(value) for name, value in said.items()} | {"passes": passes}


def answered(answer: Mapping[str, Any]) -> dict[str, str]:
    """What the second engine's answer says of the candidate; {} if it gives no score."""
    for bid in answer.get("bids", ()):
        scores = bid["scores"]
        if bid["key"] == CANDIDATE and all(name in scores for name in COMPARED):
            return {name: scores[name] for name in COMPARED}
    return {}


class Order(Protocol):
    """The order of the bids; net: the net-cost line, where the method has one."""

    def __call__(
        self, bids: Sequence[Bid], reserve: Reserve, floor: Floor, *, net: NetCost | None = None
    ) -> list[Ranked]: ...


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a candidate's score comes about; extras: items that may be left out, counting 0 then.

    case: how the second engine is asked for the same score; coefficients: the difficulties that a
    notice may name.
    """

    category: Category
    items: Items
    provisional: Provisional
    reviewed: Reviewed
    extras: Items
    case: Question
    coefficients: Difficulties


def not_opened(
    bids: Sequence[Bid], reserve: Reserve, floor: Floor, *, net: NetCost | None = None
) -> list[Ranked]:
    """Instead of an order, of methods that no procedure opens yet. Fault, always."""
    raise Fault("no procedure opens bids by this method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """rank: the order of the bids at the opening; examined: its examination, a msgid.

    laws: regime -> article under which is awarded; inputs: what docs/figures.md asks of every
    case by this method, of its heading and of each bid; papers: whether candidates hand papers in;
    net_cost: whether works below the net-cost line are left out, where the law draws one;
    scoring: how they are scored, None where the price alone decides; allowed: up to which
    estimated price the method may be used, None without a limit.
    """

    laws: Mapping[str, str]
    inputs: frozenset[str]
    rank: Order = not_opened
    examined: str = N_("Not offered yet")
    papers: bool = False
    net_cost: bool = False
    scoring: Scoring | None = None
    allowed: Callable[..., Verdict] | None = None

    @property
    def offered(self) -> bool:
        """Whether a procedure opens bids by it; of the others there are the figures alone."""
        return self.rank is not not_opened

    @property
    def needs(self) -> frozenset[str]:
        """What its examination gathers beside the price: "papers", "scores"."""
        found = {"papers": self.papers, "scores": self.scoring is not None}
        return frozenset(name for name, asked in found.items() if asked)
