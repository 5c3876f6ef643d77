"""An opening: its states and verbs, and the closed lists of what may be found."""

from dataclasses import dataclass
from typing import Protocol

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

REMARKS = {
    "normal": N_("Valid; ranked by price."),
    "below_floor": N_("Below the floor price."),
    "below_net_cost": N_("Below the net-cost line."),
    "above_reserve": N_("Above the reserve price."),
    "void": N_("Void: the envelope could not be opened or read."),
    "excluded": N_("Excluded before the release of the keys."),
    "unranked": N_("Valid, but the tender failed before any ranking."),
}

OUTCOMES = {
    "published": N_("Opened and ranked."),
    "failed": N_("The tender failed."),
    "hold": N_("On hold."),
}

#: the verifier's numbered checks; their order is its own (verifier/README.md)
CHECKS = {
    "V1": N_("Form of the bundle"),
    "V2": N_("Notice and rules used"),
    "V3": N_("Custodians' keys"),
    "V4": N_("Envelopes, signatures, arrival"),
    "V5": N_("Receipts"),
    "V6": N_("Closed set and request for the keys"),
    "V7": N_("Bids set aside"),
    "V8": N_("Released keys"),
    "V9": N_("Opening of every envelope"),
    "V10": N_("Seeds and their commitments"),
    "V11": N_("The 15 rates and their strata"),
    "V12": N_("The 15 preliminary prices"),
    "V13": N_("Picks counted, four numbers drawn"),
    "V14": N_("Reserve price"),
    "V15": N_("Floor price and net-cost line"),
    "V16": N_("Ranks, remarks, displayed rates"),
    "V17": N_("Outcome"),
}

#: how an opening on hold may end
WAYS = {
    "again": N_("Compute again from the same frozen inputs, with what was mended"),
    "set_aside": N_("Set the opening aside: the tender is cancelled and posted anew"),
}

#: the verb with which a second person confirms each
WAY_VERBS = {"again": "open_again", "set_aside": "set_aside"}

CUSTODIANS = {
    "officer": N_("Opening officer of the agency"),
    "platform": N_("Custodian of the platform"),
    "audit": N_("Audit custodian"),
}

#: why a custodian does not give its key, by its code
REFUSALS = {
    "form": N_("The request is not in the prescribed form."),
    "second_request": N_("It has already answered another request for this key."),
    "other_scope": N_("The request names another notice."),
    "before_deadline": N_("The deadline has not passed yet."),
    "not_in_force": N_("The notice is not in force with these keys."),
    "deadline_differs": N_("The deadline is not the one that it signed."),
    "roles": N_("The request does not bear the signatures of both roles."),
    "one_person": N_("Both signatures come from one person or one key."),
    "key_not_enrolled": N_("A signature was made with a key that is not enrolled."),
    "role_not_held": N_("A signer does not hold the role signed in."),
    "signature": N_("A signature does not hold."),
    "root_differs": N_("The set of envelopes is not the one that it counts itself."),
    "no_key": N_("It has no key for this notice."),
    "other": N_("It gave a reason of its own."),
}

#: What an article is called under each regime: competition stands, opening, void, award, re-bid.
LAW = {
    "national": {
        "stands": "국가계약법 시행령 제11조",
        "opening": "국가계약법 시행령 제40조",
        "void": "국가계약법 시행규칙 제44조",
        "told": "국가계약법 시행규칙 제45조",
        "award": "국가계약법 시행령 제42조제1항",
        "net_cost": "국가계약법 제10조제3항",
        "rebid": "국가계약법 시행령 제20조",
    },
    "local": {
        "stands": "지방계약법 시행령 제12조",
        "opening": "지방계약법 시행령 제40조",
        "void": "지방계약법 시행규칙 제42조",
        "told": "지방계약법 시행규칙 제43조",
        "award": "지방계약법 시행령 제42조제1항",
        "net_cost": "지방계약법 제13조제4항",
        "rebid": "지방계약법 시행령 제19조",
    },
}

#: the articles that another procedure than competition has of its own
OWN_LAW = {
    "quotation": {
        "national": {
            "stands": "국가계약법 시행령 제30조제1항",
            "opening": "전자조달법 시행령 제6조",
            "award": "국가계약법 시행령 제30조",
            "rebid": "국가계약법 시행령 제30조제6항",
        },
        "local": {
            "stands": "지방계약법 시행령 제30조제1항",
            "opening": "전자조달법 시행령 제6조",
            "award": "지방계약법 시행령 제30조제5항",
            "rebid": "지방계약법 시행령 제30조제3항",
        },
    },
}


class Noticed(Protocol):
    """What the articles of an opening follow from."""

    @property
    def regime(self) -> str: ...
    @property
    def procedure(self) -> str: ...


def articles(found: Noticed) -> dict[str, str]:
    """The articles of the opening of a notice, by what they are about."""
    return LAW[found.regime] | OWN_LAW.get(found.procedure, {}).get(found.regime, {})


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a bid is void before it is read, and its article under each regime."""

    text: str
    national: str
    local: str

    def article(self, regime: str) -> str:
        """The article under a regime, "" if that regime does not know the ground."""
        return self.local if regime == "local" else self.national


_R = "국가계약법 시행규칙 제44조제1항"
_L = "지방계약법 시행규칙 제42조"
_E = "전자조달법 시행령 제5조"

GROUNDS = {
    "not_qualified": Ground(
        N_("The bidder is not qualified to take part."), f"{_R}제1호", f"{_L}제1호"
    ),
    "debarred_representative": Ground(
        N_("The bid was made through a representative who is debarred."), f"{_R}제1호의2", ""
    ),
    "no_security": Ground(N_("The bid security was not paid in time."), f"{_R}제2호", f"{_L}제2호"),
    "same_person": Ground(N_("The same person made two or more bids."), f"{_R}제4호", f"{_L}제4호"),
    "breakdown": Ground(
        N_("The price breakdown is missing or differs from the bid."), f"{_R}제6호", f"{_L}제7호"
    ),
    "registration": Ground(
        N_("The registered name or representative was not brought up to date."),
        f"{_R}제6호의3",
        f"{_L}제5호",
    ),
    "not_by_system": Ground(
        N_("The bid was not made in the prescribed electronic way."), f"{_R}제7호의2", f"{_L}제8호"
    ),
    "joint_contract": Ground(
        N_("The rules of joint contracting were broken."), f"{_R}제9호", f"{_L}제11호"
    ),
    "instructions": Ground(
        N_("The instructions to bidders were broken."), f"{_R}제11호", f"{_L}제13호"
    ),
    "same_computer": Ground(
        N_("Two or more bids came from the same computer."), f"{_E}제2항", f"{_E}제2항"
    ),
    "withdrawn": Ground(
        N_("The bidder's request to cancel the bid was accepted."), f"{_E}제4항", f"{_E}제4항"
    ),
}

_LAW = "국가계약법 시행령 제40조, 지방계약법 시행령 제40조"
_OFFICERS = ("contract_officer", "opening_officer")

TABLE = StateTable(
    name="opening",
    owner="buyer_id",
    states={
        "prepared": N_("The deadline has passed; exclusions can be entered."),
        "closed_set": N_("Exclusions are final and the set of envelopes is closed."),
        "requested": N_("Two people have asked the custodians for the keys."),
        "published": N_("Opened and published."),
        "failed": N_("Opened; the tender failed."),
        "hold": N_("On hold: something committed does not match."),
        "set_aside": N_("Set aside by two people: the tender is cancelled."),
    },
    transitions=(
        Transition("prepare", (), "prepared", ("opening_officer",), _LAW, "after the deadline"),
        Transition(
            "exclude", ("prepared",), "", ("opening_officer",),
            "국가계약법 시행규칙 제44조, 지방계약법 시행규칙 제42조",
            "a ground and its article, before any key is released",
        ),
        Transition(
            "close_set", ("prepared",), "closed_set", ("opening_officer",), _LAW,
            "at the opening time of the notice; every envelope checked",
        ),
        Transition(
            "sign_request", ("closed_set",), "", _OFFICERS, _LAW,
            "an enrolled key; two roles, two people",
        ),
        Transition(
            "request_keys", ("closed_set",), "requested", _OFFICERS, _LAW,
            "signed by the contract officer and the opening officer, two people",
        ),
        Transition(
            "release_officer_key", ("requested",), "", ("opening_officer",), _LAW,
            "the key matches its public half",
        ),
        Transition(
            "publish", ("requested", "hold"), "published", ("opening_officer", "system"), _LAW,
            "two of three custodians have released; called by hold_opening or open_again",
        ),
        Transition(
            "fail", ("closed_set", "requested", "hold"), "failed", ("opening_officer", "system"),
            "국가계약법 시행령 제11조, 지방계약법 시행령 제12조",
            "too few valid bids, or none inside the limits; called by hold_opening or open_again",
        ),
        Transition(
            "hold", ("closed_set", "requested", "hold"), "hold", ("opening_officer", "system"),
            _LAW, "the set, a commitment or the verifier disagrees, or a rule refuses a figure; "
            "called by hold_opening or open_again",
        ),
        Transition(
            "ask_way_out", ("hold",), "", ("contract_officer",), _LAW,
            "a way and a reason; a later wish takes the place of an open one",
        ),
        Transition(
            "refuse_way_out", ("hold",), "", ("approving_officer",), _LAW,
            "a reason; another person than who asked for it",
        ),
        Transition(
            "withdraw_way_out", ("hold",), "", ("contract_officer",), _LAW,
            "it is asked for and not decided",
        ),
        Transition(
            "open_again", ("hold",), "", ("approving_officer",), _LAW,
            "another person than who asked for it; the same frozen inputs",
        ),
        Transition(
            "set_aside", ("hold",), "set_aside", ("approving_officer",),
            "국가계약법 시행령 제33조, 지방계약법 시행령 제33조제2항",
            "another person than who asked for it; the tender is cancelled",
        ),
    ),
)  # fmt: skip
