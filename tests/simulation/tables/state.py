"""One state of a tender and all that hangs on it: small, frozen, and closed under every verb.

Two bidders, two custodians beside the officer, one correction at most; clock: 0 before the deadline
in force, 1 after it, 2 from the announced opening time on. An outage is time that passes while
somebody does nothing: the clock may move between any two steps, and no step ever has to come.
"""

from typing import NamedTuple, TypeVar

from jangteo.stages.award import states as award
from jangteo.stages.opening import states as opening
from jangteo.stages.tender import states as tender

TABLES = {one.name: one for one in (tender.TABLE, opening.TABLE, award.EXAMINATION, award.TABLE)}
#: who acts for the agency, and in which roles; one person holds all of them and tries alone
PEOPLE = {
    "all": frozenset({"contract_officer", "opening_officer", "approving_officer"}),
    "contract": frozenset({"contract_officer"}),
    "opener": frozenset({"opening_officer"}),
    "approver": frozenset({"approving_officer"}),
    "system": frozenset({"system"}),
    "supplier": frozenset({"representative", "bidding_agent"}),
}
#: verbs that another stage or another verb calls, by the verb that does
FOLLOWERS = {
    "tender.open": "opening.publish", "tender.fail": "opening.fail", "tender.hold": "opening.hold",
    "tender.set_aside": "opening.set_aside", "tender.award": "award.confirm",
    "tender.annul_award": "award.annul", "tender.exhaust": "examination.call_next",
    "examination.resume_call": "examination.compute_again",
    "examination.resume_review": "examination.compute_again",
    "award.lapse_annulment": "a contract is made",
    "examination.lapse_reopening": "examination.withdraw",
    "examination.lapse_own_score": "examination.withdraw",
    "tender.resume": "examination.reopen", "opening.request_keys": "opening.sign_request",
}  # fmt: skip
OPEN = ("called", "submitted", "supplement", "hold")
BIDDERS, CORRECTIONS = 2, 1

Award = tuple[str, int, str, str]
Wish = tuple[str, str]
NO_WISH: Wish = ("", "")
T = TypeVar("T")


class S(NamedTuple):
    """status texts are "" before the thing is there.

    drafting, ready: a notice is being prepared; its keys and seeds exist.
    wrote: who wrote its figures; second: the same or the other who entered them again, above the
    small band;
    alone: the notice in force has figures of one person only.
    signed: (role, person); released: custodians; flight: (stage, finding) of a computation that
    is not written yet: stage frozen, same, different or none.
    frozen, verified, ranked: of the last result that was written.
    exams, gone, supplements, again: of each candidate: status, award annulled, supplement asked
    for, who wants what about it: (person, verb). awards: those that live: (status, candidate,
    proposer, confirmer). ending: who wants the award in force annulled, and whether by a mistake;
    undone: one person alone annulled one. mistake: the last annulment was by a mistake and nobody
    was called since.
    """

    tender: str = ""
    clock: int = 0
    version: int = -1
    drafting: bool = False
    ready: bool = False
    wrote: str = ""
    second: str = ""
    alone: bool = False
    bids: int = 0
    opening: str = ""
    excluded: int = 0
    signed: tuple[tuple[str, str], ...] = ()
    released: tuple[str, ...] = ()
    flight: tuple[str, str] = ("", "")
    frozen: bool = False
    verified: str = "none"
    ranked: int = 0
    wish: tuple[str, str] = ("", "")
    exams: tuple[str, ...] = ("",) * BIDDERS
    gone: tuple[bool, ...] = (False,) * BIDDERS
    supplements: tuple[bool, ...] = (False,) * BIDDERS
    again: tuple[Wish, ...] = (NO_WISH,) * BIDDERS
    awards: tuple[Award, ...] = ()
    mistake: bool = False
    ending: tuple[str, bool] = ("", False)
    undone: bool = False
    contract: bool = False

    @property
    def standing(self) -> int:
        """Bids that are not excluded."""
        return self.bids - self.excluded

    @property
    def passed(self) -> list[int]:
        """Candidates who passed and whose award was not annulled."""
        return [i for i, one in enumerate(self.exams) if one == "passed" and not self.gone[i]]

    @property
    def busy(self) -> bool:
        """Whether somebody is examined, or passed and can be awarded."""
        return any(one in OPEN for one in self.exams) or bool(self.passed)

    @property
    def chooses(self) -> bool:
        """Whether an officer is to choose between who failed and the next."""
        return self.mistake and "failed" in self.exams


def put(row: tuple[T, ...], place: int, value: T) -> tuple[T, ...]:
    """The row with another value in one place."""
    return (*row[:place], value, *row[place + 1 :])


def follow(s: S, name: str) -> S | None:
    """A verb of the tender that another stage calls; None where its table refuses it."""
    row = TABLES["tender"].transition(name)
    return s._replace(tender=row.target) if s.tender in row.source else None
