"""A payee's mistyped name: the claimant corrects it, the agency confirms, the bank is told.

A name and an account typed anew could lead money elsewhere: no one side does it alone.
"""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.numbering.queries import new_id
from jangteo.stages.payment.actions.leaves import account_problem, plain_account, told
from jangteo.stages.payment.actions.own import LEAVES, leaf_of, own, reason_given
from jangteo.stages.payment.actions.payees import wrong_account
from jangteo.stages.payment.actions.paying import instruct
from jangteo.stages.payment.models import Leaf
from jangteo.stages.payment.queries.rows import PayeeGiven
from jangteo.stages.payment.states import BY_HAND


@transaction.atomic
def correct_payee(
    *, by: Actor, at: datetime, number: str, position: int, payee: PayeeGiven, reason: str
) -> Leaf:
    """Say how a bounced leaf's payee is really named; nothing is paid until the agency confirms.

    number: the claim's. A later correction takes the place of one that waits. Refusal
    `claim.leaf.unknown` (404), `leaf.correct_payee.registered` (409) where the name is the
    register's, `claim.leaf.name`, `.same_name`, `.bank`, `.account`, `claim.reason.missing`,
    `leaf.correct_payee.not_now` (409).
    """
    leaf = leaf_of(own(by, number), position)
    allow(leaf, "correct_payee", by=by)
    why, name = reason_given(reason), payee.payee_name.strip()
    move(leaf, "correct_payee", by=by, at=at, payload=told(leaf, reason=why))
    _name_sound(leaf, name)
    wrong = account_problem(payee.bank, payee.account)
    if wrong is not None:
        raise wrong_account(*wrong)
    leaf.proposed = {
        "id": str(new_id()), "payee_name": name, "bank": payee.bank,
        "account": plain_account(payee.account), "reason": why,
    }  # fmt: skip
    leaf.save(update_fields=["proposed"])
    return leaf


def _name_sound(leaf: Leaf, name: str) -> None:
    if leaf.kind not in BY_HAND:
        raise Refusal(
            "leaf.correct_payee.registered",
            N_("This payee's name is that of the register."),
            repair=N_("Correct the account; a name is changed where the company is registered."),
            law=LEAVES,
            status=409,
        )
    wrong = None
    if not 1 <= len(name) <= 60:
        wrong = ("name", N_("Enter the payee's name, at most 60 characters."))
    elif name == leaf.payee_name:
        wrong = ("same_name", N_("The payee has this name already."))
    if wrong is not None:
        raise Refusal(
            f"claim.leaf.{wrong[0]}",
            wrong[1],
            repair=N_("If only the account is wrong, correct the account."),
            law=LEAVES,
            field="payee_name",
        )


@transaction.atomic
def confirm_payee(
    *, by: Actor, at: datetime, number: str, position: int, proposal: str
) -> Leaf:  # fmt: skip
    """Agree to a corrected payee; the bank is told to pay again under a new key.

    proposal: id of the correction that was seen. Refusal `claim.leaf.unknown` (404),
    `leaf.confirm_payee.not_this` (409) if there is none, or another one by now,
    `leaf.confirm_payee.not_now` (409).
    """
    claim = own(by, number)
    leaf = leaf_of(claim, position)
    move(leaf, "confirm_payee", by=by, at=at, payload=told(leaf))
    if leaf.proposed is None or leaf.proposed["id"] != proposal:
        raise Refusal(
            "leaf.confirm_payee.not_this",
            N_("This is not the correction that waits now."),
            repair=N_("Look at the claim's page again; the supplier may have changed it."),
            law=LEAVES,
            status=409,
        )
    leaf.payee_name, leaf.bank = leaf.proposed["payee_name"], leaf.proposed["bank"]
    leaf.account, leaf.proposed, leaf.finding = leaf.proposed["account"], None, ""
    leaf.save(update_fields=["payee_name", "bank", "account", "proposed", "finding"])
    instruct(claim, leaf, at=at)
    return leaf
