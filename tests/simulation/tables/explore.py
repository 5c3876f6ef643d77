"""Visit every state that the tables and their guards allow, and hold each against what must be."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jangteo.stages.award.states import WISHED_IN
from tests.simulation.tables.rules import RULES, Rule, begin_computing
from tests.simulation.tables.state import BIDDERS, FOLLOWERS, PEOPLE, TABLES, S, put

#: a guard of another stage, kept by test_wishes.py of the contract
LAPSE = "contract.draft lapses the wish"
NOBODY: frozenset[str] = frozenset()
LIVE = ("pending", "active")
#: verbs that write or drop a computation; every other verb of the opening waits for its lock
_WRITES = ("publish", "fail", "hold")
_CUSTODIANS = ("platform", "audit")


def _statuses(s: S, table: str) -> tuple[str, ...]:
    """The status of the thing, or of each of the things, of a table."""
    return {
        "tender": (s.tender,), "opening": (s.opening,), "examination": s.exams,
        "award": tuple(one[0] for one in s.awards),
    }[table]  # fmt: skip


def _moved(s: S, table: str, place: int, target: str) -> S:
    if table == "tender":
        return s._replace(tender=target)
    if table == "opening":
        return s._replace(opening=target)
    if table == "examination":
        return s._replace(exams=put(s.exams, place, target))
    return s._replace(awards=put(s.awards, place, (target, *s.awards[place][1:])))


def _place(table: str, arg: object) -> int:
    """Which of the things of a table a verb is about."""
    if table in ("tender", "opening") or arg is None:
        return 0
    return int(arg[0] if isinstance(arg, tuple) else arg)  # type: ignore[call-overload]


def _may_begin(s: S, table: str) -> bool:
    """A tender and an opening begin once; a candidate and an award as their guards say."""
    return table in ("examination", "award") or not _statuses(s, table)[0]


def _done(
    s: S, table: str, verb: str, source: tuple[str, ...], target: str, without: frozenset[str]
) -> Iterator[tuple[str, S]]:
    rule: Rule = RULES[table][verb]
    row = TABLES[table].transition(verb)
    for who, roles in PEOPLE.items():
        if not roles & set(row.who):
            continue
        for arg in rule.args(s):
            place = _place(table, arg)
            if source and _statuses(s, table)[place] not in source:
                continue
            if any(n not in without and not ok(s, who, arg) for n, ok in rule.guards.items()):
                continue
            begun = _moved(s, table, place, target) if target and table != "award" else s
            if not source and table in ("examination", "award"):
                begun = s
            elif target and table == "award":
                begun = _moved(s, table, place, target)
            for after in rule.effect(begun, who, arg):
                if after is not None:
                    yield f"{table}.{verb} by {who}", _settled(after)


def _settled(s: S) -> S:
    """Awards that ended are history; without one in force there is no contract."""
    awards = tuple(one for one in s.awards if one[0] in LIVE)
    contract = s.contract and any(one[0] == "active" for one in awards)
    ending = s.ending if any(one[0] == "active" for one in awards) else ("", False)
    return s._replace(awards=awards, contract=contract, ending=ending)


def _world(s: S, without: frozenset[str]) -> Iterator[tuple[str, S]]:
    """What no table says: the clock, bidders, custodians, the computation, a contract."""
    if s.clock < 2 and s.version >= 0:
        yield "time passes", s._replace(clock=s.clock + 1)
    if s.tender == "active" and s.clock == 0 and s.bids < BIDDERS:
        yield "a bid comes", s._replace(bids=s.bids + 1)
    if s.opening == "requested" and s.tender == "active" and s.clock >= 1:
        for name in _CUSTODIANS:
            if name not in s.released:
                yield f"{name} releases", s._replace(released=tuple(sorted((*s.released, name))))
    for after in begin_computing(s, without):
        yield "hold_opening begins", after
    if s.flight[0]:
        yield "crash: nothing is written", s._replace(flight=("", ""))
    if s.flight[0] == "frozen" and s.flight[1] != "hold":
        for said in ("same", "different"):
            yield f"the verifier says {said}", s._replace(flight=(said, s.flight[1]))
    if any(one[0] == "active" for one in s.awards):
        if s.contract:
            yield "a contract ends", s._replace(contract=False)
        else:  # what is asked about the award lapses
            lapsed = s.ending if LAPSE in without else ("", False)
            yield "a contract is made", s._replace(contract=True, ending=lapsed)


def steps(s: S, without: frozenset[str] = NOBODY) -> Iterator[tuple[str, S]]:
    """Everything that can happen next: (what, the state after it)."""
    yield from _world(s, without)
    for name, table in TABLES.items():
        for row in table.transitions:
            if f"{name}.{row.verb}" in FOLLOWERS or (not row.source and not _may_begin(s, name)):
                continue
            if name == "opening" and s.flight[0] and row.verb not in _WRITES:
                continue
            if row.source and not set(row.source) & set(_statuses(s, name)):
                continue
            yield from _done(s, name, row.verb, row.source, row.target, without)


MUST: Mapping[str, Callable[[S], bool]] = {
    "at most one live award": lambda s: len(s.awards) <= 1,
    "the figures of a notice in force were entered by two people": lambda s: not s.alone,
    "no opening before the deadline in force": lambda s: not s.opening or s.clock >= 1,
    "no key released before the deadline, nor by one person alone": lambda s: not s.released
    or (s.clock >= 1 and len({who for _, who in s.signed}) == 2),
    "no key of a cancelled tender": lambda s: s.tender != "cancelled"
    or not s.released or s.opening == "set_aside",
    "no ranking before the freeze and the verifier's word": lambda s: not s.ranked
    or (s.frozen and s.verified == "same"),
    "no award is annulled by one person alone": lambda s: not s.undone,
    "no wish to annul outlives its award or stands beside a contract": lambda s: not s.ending[0]
    or (not s.contract and any(one[0] == "active" for one in s.awards)),
    "no wish outlives the failure or the hold it is about": lambda s: all(
        not verb or s.exams[i] in WISHED_IN[verb] for i, (_, verb) in enumerate(s.again)
    ),
    "no wish for a way out outlives the hold": lambda s: not s.wish[0] or s.opening == "hold",
    "no award while two scores differ": lambda s: not (s.awards and "hold" in s.exams),
    "no award on hold": lambda s: s.tender != "hold" or not (s.awards or any(s.exams)),
    "no award without a verified, published result": lambda s: not s.awards
    or (s.opening == "published" and s.verified == "same"),
    "an award in force has two signers": lambda s: all(
        one[0] != "active" or (one[3] and one[2] != one[3]) for one in s.awards
    ),
    "a tender is awarded exactly while an award is in force": lambda s: (s.tender == "awarded")
    == any(one[0] == "active" for one in s.awards),
}  # fmt: skip


@dataclass(slots=True)
class Explored:
    """states: how many there are; edges: steps between them; broken: the first breach, if any.

    trail: the steps that lead to it; stuck: states from which no end can be reached.
    """

    states: int = 0
    edges: int = 0
    broken: str = ""
    trail: tuple[str, ...] = ()
    verbs: frozenset[str] = NOBODY
    stuck: tuple[S, ...] = ()


ENDS = ("cancelled", "awarded", "unsuccessful")


def forgotten(s: S, without: frozenset[str] = NOBODY) -> S:
    """The state without what no later verb asks for.

    A correction that is prepared when the deadline passes is never published; who signed, which
    keys came and which version it was were held against MUST before the tender left `active`.
    """
    gone = s.tender not in ("draft", "active", "")
    if gone or (s.clock and s.tender == "active" and "tender.correct.too_late" not in without):
        s = s._replace(version=0, drafting=False, ready=False, wrote="", second="")
    if not gone or s.flight[0]:
        return s
    s = s._replace(clock=2 if s.opening else s.clock)
    if s.tender == "hold" or not s.opening:
        return s
    return s._replace(bids=0, excluded=0, signed=(), released=())


def explore(without: Iterable[str] = (), *, ends: bool = False, whole: bool = False) -> Explored:
    """All states reachable from nothing, breadth first; stops at the first that must not be.

    without: guards to leave out, by name: faults planted to see that they are found. whole: keep
    what no later verb asks for (see `forgotten`): more states, the same answer.
    """
    gone, start = frozenset(without), S()
    came: dict[S, tuple[S, str] | None] = {start: None}
    back: dict[S, list[S]] = {}
    queue, verbs, edges = deque([start]), set[str](), 0
    while queue:
        s = queue.popleft()
        for what, after in steps(s, gone):
            edges += 1
            verbs.add(what.partition(" by ")[0])
            if not whole and after not in came and _bad(after) is None:
                after = forgotten(after, gone)
            if ends:
                back.setdefault(after, []).append(s)
            if after in came:
                continue
            came[after] = (s, what)
            if said := _bad(after):
                return Explored(len(came), edges, said, _trail(came, after), frozenset(verbs))
            queue.append(after)
    stuck = _stuck(came, back) if ends else ()
    return Explored(len(came), edges, verbs=frozenset(verbs), stuck=stuck)


def _bad(s: S) -> str | None:
    """What must be and is not in this state; None if all is well."""
    return next((said for said, holds in MUST.items() if not holds(s)), None)


def _trail(came: Mapping[S, tuple[S, str] | None], last: S) -> tuple[str, ...]:
    found, at = [], came[last]
    while at is not None:
        found.append(at[1])
        at = came[at[0]]
    return tuple(reversed(found))


def _stuck(came: Iterable[S], back: Mapping[S, list[S]]) -> tuple[S, ...]:
    """States from which no end of the tender can be reached any more."""
    known = {s for s in came if s.tender in ENDS}
    queue = deque(known)
    while queue:
        for before in back.get(queue.popleft(), ()):
            if before not in known:
                known.add(before)
                queue.append(before)
    return tuple(s for s in came if s not in known)
