"""The first in rank is called when the result is out; candidates, agency and bidders are told."""

from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.award import actions, queries
from jangteo.stages.opening.queries import bidders
from jangteo.stages.tender.queries import notice


def call_first(fact: Fact) -> None:
    """A published result calls its first in rank; heard twice, it calls nobody twice."""
    if queries.examinations(fact.tender):
        return
    actions.call_next(by=Actor.system("award"), at=fact.at, number=fact.tender)


_CANDIDATE = {
    "examination.call_next": N_("“{title}”: you are examined for the award. See what is due."),
    "examination.resume_call": N_("“{title}”: you are examined for the award. See what is due."),
    "examination.ask_supplement": N_("“{title}”: the agency asks for a supplement."),
    "examination.pass_review": N_("“{title}”: you passed the examination."),
    "examination.fail_review": N_("“{title}”: you did not pass the examination; see why."),
    "examination.reopen": N_("“{title}”: you are examined again. See what is due."),
}
_AGENCY = {
    "examination.submit_papers": N_("“{title}”: the candidate's papers are in."),
    "examination.withdraw": N_("“{title}”: the candidate withdrew; see who is next."),
    "examination.hold": N_("“{title}”: two calculations of a score differ; nothing is decided."),
}
#: to the agency alone, where the one who asked reads it: what became of the wish
_ASKED = {
    "award.refuse_annulment": N_("“{title}”: the annulment asked for is refused; see why."),
    "award.lapse_annulment": N_("“{title}”: a contract is made; the annulment asked for lapsed."),
    "examination.refuse_reopening": N_("“{title}”: what is asked about a candidate is refused; "
                                       "see why."),
    "examination.refuse_own_score": N_("“{title}”: the score that was entered for a candidate is "
                                       "refused; see why."),
    "examination.lapse_own_score": N_("“{title}”: a candidate left; what was asked about it "
                                      "lapsed."),
    "examination.lapse_reopening": N_("“{title}”: a candidate left; what was asked about it "
                                      "lapsed."),
}  # fmt: skip
_BIDDERS = {
    "award.confirm": N_("“{title}” is awarded: see why, or why not you."),
    "award.annul": N_("The award of “{title}” is annulled; see why."),
    "tender.exhaust": N_("“{title}” ends without an award: every candidate failed or withdrew."),
    "tender.resume": N_("“{title}” goes on: a candidate who had failed is examined again."),
}


#: who is on hold: that it begins anew, and that nothing is due before both calculations agree
_REOPENED_ON_HOLD = N_(
    "“{title}”: your examination begins anew, but two calculations of your score differ. "
    "Nothing is decided and nothing is due from you until they agree; you are told then."
)


def tell_candidate(fact: Fact) -> None:
    """The candidate learns what happens to it, and by when it must act.

    Who is called and fails at once hears of the failure only; who is on hold hears of the call when
    it goes on. Who had failed, is examined again and is on hold hears of both: it thought it lost.
    """
    held, again = fact.payload.get("hold"), fact.kind == "examination.reopen"
    if fact.payload.get("hopeless") or (held and not again):
        return
    text = _REOPENED_ON_HOLD if held else _CANDIDATE[fact.kind]
    supplier = fact.subject.rpartition(":")[2]
    for row in queries.examinations(fact.tender):
        if str(row.supplier_id) == supplier:
            _send(fact, row.supplier_id, text)


def tell_agency(fact: Fact) -> None:
    """The agency learns what the candidate did."""
    _send(fact, notice(fact.tender).buyer_id, _AGENCY[fact.kind])


def tell_who_asked(fact: Fact) -> None:
    """Whoever asked learns that it is refused or has lapsed; nobody outside the agency does."""
    _send(fact, notice(fact.tender).buyer_id, _ASKED[fact.kind])


def tell_bidders(fact: Fact) -> None:
    """Everybody who bid learns of an award or its end, and finds the reason on the page."""
    for party_id in bidders(fact.tender):
        _send(fact, party_id, _BIDDERS[fact.kind])


def _send(fact: Fact, party_id: UUID, text: str) -> None:
    send(
        party_id,
        at=fact.at,
        key=f"{fact.kind}:{fact.id}:{party_id}",
        text=text,
        params={"title": notice(fact.tender).title, "number": fact.tender},
        link=f"/tenders/{fact.tender}/award",
    )
