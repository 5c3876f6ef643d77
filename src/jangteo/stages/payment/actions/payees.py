"""The claimant corrects an account the bank refused; a payee says whether the money is there."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.payment.actions.leaves import account_problem, plain_account, told
from jangteo.stages.payment.actions.own import LEAVES, leaf_of, own, reason_given
from jangteo.stages.payment.actions.paying import instruct
from jangteo.stages.payment.models import Leaf, PayeeWord
from jangteo.stages.payment.queries.leaves import no_leaf
from jangteo.stages.payment.queries.links import leaf_id_of
from jangteo.stages.payment.states import WORDS


@transaction.atomic
def correct_account(
    *, by: Actor, at: datetime, number: str, position: int, bank: str, account: str,
    reason: str = "",
) -> Leaf:  # fmt: skip
    """Give a bounced leaf another account; it is told to the bank again under a new key.

    number: the claim's. Name and amount stay. reason: why the very same account will do now.
    Refusal `claim.leaf.unknown` (404), `claim.leaf.bank`, `claim.leaf.account`,
    `claim.leaf.same_account` without a reason, `leaf.correct_account.not_now` (409).
    """
    claim = own(by, number)
    leaf = leaf_of(claim, position)
    old = (leaf.bank, leaf.account)
    why = {"reason": reason_given(reason)} if reason.strip() else {}
    move(leaf, "correct_account", by=by, at=at, payload=told(leaf, **why))
    wrong = account_problem(bank, account)
    if wrong is None and (bank, plain_account(account)) == old and not why:
        said = N_("The bank has refused this account: say why it will take the money now.")
        wrong = ("same_account", said)
    if wrong is not None:
        raise wrong_account(*wrong)
    leaf.bank, leaf.account, leaf.finding = bank, plain_account(account), ""
    leaf.proposed = None
    leaf.save(update_fields=["bank", "account", "finding", "proposed"])
    instruct(claim, leaf, at=at)
    return leaf


def wrong_account(code: str, text: str) -> Refusal:
    """Refusal `claim.leaf.<code>` at the field it is about."""
    fields = {"bank": "bank", "same_account": "reason"}
    return Refusal(
        f"claim.leaf.{code}",
        text,
        repair=N_("Ask the payee for the right account and enter it."),
        law=LEAVES,
        field=fields.get(code, "account"),
    )


@transaction.atomic
def say(*, by: Actor, at: datetime, token: str, said: str, amount: int | None = None) -> PayeeWord:
    """Record what the holder of a payee's link says of the money; the same again changes nothing.

    said: a key of states.WORDS; amount: whole won that came, where it differs. The link is the
    authority, whoever is signed in. Refusal `payment.link.unknown` (404), `leaf.say.word`,
    `leaf.say.amount`, `leaf.say.not_now` (409) before the money is there.
    """
    wanted = leaf_id_of(token)
    leaf = Leaf.objects.select_for_update().filter(pk=wanted).first() if wanted else None
    if leaf is None:
        raise no_leaf()
    if said not in WORDS:
        raise _unclear("word", N_("Choose one of the answers."), "said")
    if said == "differs" and (amount is None or amount < 0 or amount == leaf.amount):
        raise _unclear("amount", N_("Enter how much really came."), "amount")
    told_amount = amount if said == "differs" else None
    last = PayeeWord.objects.filter(leaf=leaf).order_by("-at", "-id").first()
    if last is not None and (last.said, last.amount) == (said, told_amount):
        return last
    move(leaf, "say", by=Actor.anyone(), at=at, payload=told(leaf, said=said))
    return PayeeWord.objects.create(leaf=leaf, said=said, amount=told_amount, at=at)


def _unclear(code: str, text: str, field: str) -> Refusal:
    return Refusal(
        f"leaf.say.{code}", text, repair=N_("Choose again."), law=LEAVES, field=field
    )  # fmt: skip
