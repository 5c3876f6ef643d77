"""What each verb asks beside its row of the table, and what it changes beside its state.

A guard is named by the refusal's code of the real action, or by the test that shows that the real
action keeps it; test_states.py sees that both are there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jangteo.stages.opening.states import WAYS
from tests.simulation.tables.state import (
    BIDDERS,
    CORRECTIONS,
    NO_WISH,
    OPEN,
    PEOPLE,
    TABLES,
    S,
    follow,
    put,
)

Guard = Callable[[S, str, Any], bool]
Effect = Callable[[S, str, Any], Iterable[S | None]]
NOTHING: tuple[Any, ...] = (None,)
SIGNERS = ("contract_officer", "opening_officer")
_AWARD = "tests/stages/award/"
_OPENING = "tests/stages/opening/"
FINDINGS = f"{_OPENING}test_findings.py::test_the_verifier_decides_whether_it_is_published"
_NO_ANSWER = f"{_OPENING}test_no_dead_end.py::"
FROZEN = f"{_NO_ANSWER}test_a_verifier_without_an_answer_holds_nothing_up_for_ever"
LATER = f"{_OPENING}test_both_calculations.py::test_the_report_is_kept_and_nothing_of_the_result_is"
_SEED = f"{_OPENING}test_findings.py::test_a_seed_that_is_not_as_committed_puts_all_on_hold"


@dataclass(frozen=True)
class Rule:
    """guards: name -> what must hold; args: what the verb may be about; effect: what follows."""

    guards: Mapping[str, Guard] = field(default_factory=dict)
    effect: Effect = lambda s, _who, _arg: (s,)
    args: Callable[[S], Iterable[Any]] = lambda _s: NOTHING


def to(**changes: Any) -> Effect:
    """Only these values change."""
    return lambda s, _who, _arg: (s._replace(**changes),)


# ---------------------------------------------------------------- tender


def _published(s: S, _who: str, _arg: Any) -> Iterable[S | None]:
    """The first version or the next: with its own keys, before a deadline that is to come."""
    alone = s.second != "other"
    return (
        s._replace(
            version=s.version + 1, alone=alone, clock=0, bids=0, drafting=False, ready=False,
            wrote="", second="",
        ),
    )  # fmt: skip


TENDER = {
    "draft": Rule(effect=lambda s, who, _a: (s._replace(drafting=True, wrote=who),)),
    "edit": Rule(
        {"tender.no_draft": lambda s, _w, _a: s.drafting},
        lambda s, who, _a: (s._replace(ready=False, wrote=who, second=""),),
    ),
    "second_entry": Rule(
        {"tender.no_draft": lambda s, _w, _a: s.drafting,
         "tender.second_entry.same_person": lambda s, who, _a: who != s.wrote},
        lambda s, who, _a: (s._replace(second="same" if who == s.wrote else "other"),),
    ),
    "give_reason": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "agree_reason": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "see_examples": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "borrow_person": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "ask_for_keys": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "add_custody": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}),
    "add_agency_seed": Rule({"tender.no_draft": lambda s, _w, _a: s.drafting}, to(ready=True)),
    "start_correction": Rule(
        {"tender.correct.too_late": lambda s, _w, _a: s.clock == 0},
        lambda s, who, _a: (s._replace(drafting=True, wrote=who, second=""),)
        if s.version < CORRECTIONS and not s.drafting else (),
    ),
    "publish": Rule(
        {"tender.no_draft": lambda s, _w, _a: s.drafting,
         "tender.second_entry.missing": lambda s, _w, _a: bool(s.second),
         "tender.keys.incomplete": lambda s, _w, _a: s.ready},
        _published,
    ),
    "correct": Rule(
        {"tender.correct.too_late": lambda s, _w, _a: s.clock == 0,
         "tender.no_draft": lambda s, _w, _a: s.drafting,
         "tender.second_entry.missing": lambda s, _w, _a: bool(s.second),
         "tender.keys.incomplete": lambda s, _w, _a: s.ready},
        _published,
    ),
    "cancel": Rule(
        {"tender.cancel.too_late": lambda s, _w, _a: s.version < 0 or s.clock < 2},
        to(drafting=False, ready=False, wrote="", second=""),
    ),
}  # fmt: skip

# ---------------------------------------------------------------- opening


def _sign(s: S, who: str, role: str) -> Iterable[S | None]:
    signed = tuple(sorted((*s.signed, (role, who))))
    s = s._replace(signed=signed)
    return (s._replace(opening="requested"),) if len(signed) == len(SIGNERS) else (s,)


def written(verb: str, findings: tuple[str, ...]) -> Effect:
    """The computation is written with its bundle, its verdict and the ranking, all at once."""

    def effect(s: S, _who: str, _arg: Any) -> Iterable[S | None]:
        stage, finding = s.flight
        ranked = s.standing if verb == "open" and finding in findings else 0
        s = s._replace(flight=("", ""), frozen=bool(stage), ranked=ranked, wish=("", ""))
        s = s._replace(verified="none" if finding == "hold" else stage)
        return (follow(s, verb),)

    return effect


_BY_SECOND: dict[str, Guard] = {
    "opening.way_out.nobody": lambda s, _w, _a: bool(s.wish[0]),
    "opening.way_out.same_person": lambda s, who, _a: s.wish[1] != who,
}
OPENING = {
    "prepare": Rule(
        {"opening.prepare.not_now": lambda s, _w, _a: s.tender == "active",
         "opening.prepare.before_deadline": lambda s, _w, _a: s.clock >= 1},
    ),
    "exclude": Rule(
        {"opening.exclude.no_bid": lambda s, _w, _a: s.excluded < s.bids},
        lambda s, _w, _a: (s._replace(excluded=s.excluded + 1),),
    ),
    "close_set": Rule(
        {"opening.close_set.before_opening": lambda s, _w, _a: s.clock >= 2,
         "opening.close_set.not_now": lambda s, _w, _a: s.tender == "active"},
    ),
    "sign_request": Rule(
        {"opening.sign_request.role": lambda _s, who, role: role in PEOPLE[who],
         "opening.sign_request.signed": lambda s, _w, role: role not in dict(s.signed),
         "opening.sign_request.same_person": lambda s, who, _r: who not in dict(s.signed).values()},
        _sign, lambda _s: SIGNERS,
    ),
    "release_officer_key": Rule(
        {f"{_OPENING}test_before_and_who.py::test_the_officers_own_key_is_the_third":
         lambda s, _w, _a: "officer" not in s.released},
        lambda s, _w, _a: (s._replace(released=tuple(sorted((*s.released, "officer")))),),
    ),
    "publish": Rule(
        {FROZEN: lambda s, _w, _a: s.flight[0] in ("same", "different"),
         FINDINGS: lambda s, _w, _a: s.flight[0] != "different",
         _SEED: lambda s, _w, _a: s.flight[1] == "published"},
        written("open", ("published",)),
    ),
    "fail": Rule(
        {FROZEN: lambda s, _w, _a: s.flight[0] in ("same", "different"),
         FINDINGS: lambda s, _w, _a: s.flight[0] != "different",
         _SEED: lambda s, _w, _a: s.flight[1] == "failed"},
        written("fail", ()),
    ),
    "hold": Rule(
        {LATER: lambda s, _w, _a: s.flight[0] == "different" or s.flight[1] == "hold"},
        written("hold", ()),
    ),
    "ask_way_out": Rule(
        {"opening.way_out.way": lambda _s, _w, way: way in WAYS},
        lambda s, who, way: (s._replace(wish=(way, who)),), lambda _s: WAYS,
    ),
    "refuse_way_out": Rule(_BY_SECOND, to(wish=("", ""))),
    "withdraw_way_out": Rule(
        {"opening.way_out.nobody": lambda s, _w, _a: bool(s.wish[0])}, to(wish=("", ""))
    ),
    "open_again": Rule(
        {"opening.way_out.nobody": lambda s, _w, _a: s.wish[0] == "again",
         "opening.way_out.same_person": lambda s, who, _a: s.wish[1] != who,
         "opening.hold_opening.not_asked": lambda s, _w, _a: len(s.signed) == len(SIGNERS),
         "opening.hold_opening.keys_missing": lambda s, _w, _a: len(s.released) >= 2},
        lambda s, _w, _a: (s._replace(flight=("frozen", f)) for f in ("published", "failed",
                                                                      "hold")),
    ),
    "set_aside": Rule(
        {"opening.way_out.nobody": lambda s, _w, _a: s.wish[0] == "set_aside",
         "opening.way_out.same_person": lambda s, who, _a: s.wish[1] != who},
        lambda s, _w, _a: (follow(s._replace(wish=("", "")), "set_aside"),),
    ),
}  # fmt: skip


def begin_computing(s: S, without: frozenset[str]) -> Iterable[S]:
    """The opener starts hold_opening: frozen first; nothing of it is written yet."""
    few = s.standing < 1
    asked = s.opening == "requested" and len(s.released) >= 2
    due = s.clock >= 1 or "opening.hold_opening.before_deadline" in without
    if not due or s.opening not in ("closed_set", "requested") or s.flight[0]:
        return
    yield s._replace(flight=("frozen", "hold"))  # the set is not the one that was closed
    if few:
        yield s._replace(flight=("frozen", "failed"))
    elif asked:
        yield s._replace(flight=("frozen", "published"))
        yield s._replace(flight=("frozen", "failed"))


# ---------------------------------------------------------------- examination


def _called(s: S, who: str, _arg: Any) -> Iterable[S | None]:
    """The best rank that nobody has called yet; nobody left: the tender ends without an award."""
    left = [i for i in range(s.ranked) if not s.exams[i]]
    if not left:
        return (follow(s, "exhaust"),)
    return (s._replace(exams=put(s.exams, left[0], "called"), mistake=False),)


def call_on(s: S) -> Iterable[S | None]:
    """What the platform itself does after somebody dropped out; the same as the verb's guards."""
    if s.tender != "opened" or s.busy or s.chooses:
        return (s,)
    return _called(s, "system", None)


def _out(status: str) -> Effect:
    """Who leaves ends what was asked about it in the same transaction."""
    return lambda s, _w, i: call_on(
        s._replace(exams=put(s.exams, i, status), again=put(s.again, i, NO_WISH))
    )


def _asked(s: S, who: str, i: int) -> Iterable[S | None]:
    """To be computed again while on hold, to be examined again after a failure."""
    verb = "compute_again" if s.exams[i] == "hold" else "reopen"
    return (s._replace(again=put(s.again, i, (who, verb))),)


def _unasked(s: S, _who: str, i: int) -> Iterable[S | None]:
    return (s._replace(again=put(s.again, i, NO_WISH)),)


def _reopened(s: S, _who: str, i: int) -> Iterable[S | None]:
    s = s._replace(
        again=put(s.again, i, NO_WISH), supplements=put(s.supplements, i, False), mistake=False
    )
    return (follow(s, "resume") if s.tender == "unsuccessful" else s,)


def _computed(s: S, _who: str, i: int) -> Iterable[S | None]:
    """The engines still differ, or the examination goes on where it stood."""
    s = s._replace(again=put(s.again, i, NO_WISH))
    return (s._replace(exams=put(s.exams, i, one)) for one in ("hold", "called", "submitted"))


def _mine_lives(s: S, i: int) -> bool:
    return any(candidate == i for _, candidate, _, _ in s.awards)


def _each(_s: S) -> Iterable[Any]:
    return range(BIDDERS)


def _asked_for(of: str) -> dict[str, Guard]:
    return {f"award.{of}.nobody": lambda s, _w, i: bool(s.again[i][0])}


def _by_second(of: str) -> dict[str, Guard]:
    return {**_asked_for(of), f"award.{of}.same_person": lambda s, who, i: s.again[i][0] != who}


EXAMINATION = {
    "call_next": Rule(
        {"award.unknown": lambda s, _w, _a: s.opening == "published",
         f"{_AWARD}test_examining.py::test_the_last_candidate_ends_the_tender":
         lambda s, _w, _a: s.tender == "opened",
         f"{_AWARD}test_examining.py::test_a_published_result_calls_its_first_in_rank_once":
         lambda s, _w, _a: not s.busy,
         f"{_AWARD}test_reopening.py::test_neither_a_repeated_fact_nor_a_withdrawal_chooses_for_the"
         "_officer": lambda s, who, _a: who != "system" or not s.chooses},
        _called,
    ),
    "submit_papers": Rule({"award.papers.late": lambda _s, _w, _i: True}, args=_each),
    "ask_supplement": Rule(
        {"award.supplement.twice": lambda s, _w, i: not s.supplements[i]},
        lambda s, _w, i: (s._replace(supplements=put(s.supplements, i, True)),), _each,
    ),
    "pass_review": Rule(
        {"award.pass.no_papers": lambda s, _w, i: s.exams[i] != "called",
         "award.own.missing": lambda s, _w, i: not s.again[i][0]}, args=_each,
    ),
    "fail_review": Rule(
        {"award.fail.awarded": lambda s, _w, i: not _mine_lives(s, i)}, _out("failed"), _each
    ),
    "ask_reopening": Rule(
        {"award.reopen.live": lambda s, _w, _i: not s.awards,
         "award.reopen.asked": lambda s, _w, i: not s.again[i][0]},
        _asked, _each,
    ),
    "refuse_reopening": Rule(_by_second("reopen"), _unasked, _each),
    "withdraw_reopening": Rule(_asked_for("reopen"), _unasked, _each),
    "enter_own_score": Rule(
        {"award.own.table": lambda _s, _w, _i: True},
        lambda s, who, i: (s._replace(again=put(s.again, i, (who, "confirm_own_score"))),), _each,
    ),
    "confirm_own_score": Rule(_by_second("own"), _unasked, _each),
    "refuse_own_score": Rule(_by_second("own"), _unasked, _each),
    "withdraw_own_score": Rule(
        {**_asked_for("own"), "award.own.not_yours": lambda s, who, i: s.again[i][0] == who},
        _unasked, _each,
    ),
    "hold": Rule(
        {f"{_AWARD}test_twice.py::test_a_different_provisional_score_stops_the_call":
         lambda _s, _w, _i: True,
         "award.own.table": lambda s, _w, i: s.again[i][1] != "confirm_own_score"},
        args=_each,
    ),
    "compute_again": Rule(_by_second("reopen"), _computed, _each),
    "reopen": Rule(
        {**_by_second("reopen"), "award.reopen.live": lambda s, _w, _i: not s.awards},
        _reopened, _each,
    ),
    "withdraw": Rule(
        {"award.fail.awarded": lambda s, _w, i: not _mine_lives(s, i)}, _out("withdrawn"), _each
    ),
}  # fmt: skip

# ---------------------------------------------------------------- award


def _proposed(s: S, who: str, _arg: Any) -> Iterable[S | None]:
    if not s.passed or len(s.awards) > 1:  # two are enough to see that there are too many
        return ()
    status = TABLES["award"].transition("propose").target
    return (s._replace(awards=(*s.awards, (status, s.passed[0], who, ""))),)


def _annulled(s: S, who: str, n: int) -> Iterable[S | None]:
    (_, candidate, _, _), (asked, mistake) = s.awards[n], s.ending
    ended = follow(
        s._replace(
            gone=put(s.gone, candidate, True), mistake=mistake, ending=("", False),
            awards=s.awards[:n] + s.awards[n + 1 :], undone=s.undone or asked == who,
        ),
        "annul_award",
    )  # fmt: skip
    return call_on(ended) if ended else ()


def _confirmed(s: S, who: str, n: int) -> Iterable[S | None]:
    _, candidate, proposer, _ = s.awards[n]
    active = put(s.awards, n, (s.awards[n][0], candidate, proposer, who))
    return (follow(s._replace(awards=active), "award"),)


def _live(s: S) -> Iterable[Any]:
    return range(len(s.awards))


_WANTED: dict[str, Guard] = {"award.annul.nobody": lambda s, _w, _n: bool(s.ending[0])}
_BY_ANOTHER = {**_WANTED, "award.annul.same_person": lambda s, who, _n: s.ending[0] != who}
AWARD = {
    "propose": Rule(
        {"award.unknown": lambda s, _w, _a: s.opening == "published",
         "award.propose.exists": lambda s, _w, _a: not s.awards,
         "award.propose.open": lambda s, _w, _a: not any(one in OPEN for one in s.exams),
         "award.propose.nobody": lambda s, _w, _a: bool(s.passed),
         "award.propose.not_verified": lambda s, _w, _a: s.verified == "same"},
        _proposed,
    ),
    "confirm": Rule(
        {"award.confirm.same_person": lambda s, who, n: s.awards[n][2] != who}, _confirmed, _live
    ),
    "refuse": Rule(
        {}, lambda s, _w, n: (s._replace(awards=s.awards[:n] + s.awards[n + 1 :]),), _live
    ),
    "ask_annulment": Rule(
        {"award.annul.contract": lambda s, _w, _a: not s.contract},
        lambda s, who, a: (s._replace(ending=(who, a[1])),),
        lambda s: ((n, mistake) for n in range(len(s.awards)) for mistake in (False, True)),
    ),
    "refuse_annulment": Rule(_BY_ANOTHER, to(ending=("", False)), _live),
    "withdraw_annulment": Rule(
        {**_WANTED, "award.annul.not_yours": lambda s, who, _n: who == s.ending[0]
         or "contract_officer" in PEOPLE[who]},
        to(ending=("", False)), _live,
    ),
    "annul": Rule(
        {**_BY_ANOTHER, "award.annul.contract": lambda s, _w, _n: not s.contract},
        _annulled, _live,
    ),
}  # fmt: skip

RULES: Mapping[str, Mapping[str, Rule]] = {
    "tender": TENDER, "opening": OPENING, "examination": EXAMINATION, "award": AWARD,
}  # fmt: skip
