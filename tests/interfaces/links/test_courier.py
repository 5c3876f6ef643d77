"""Every trouble a partner can make ends in one effect or none, and in one result."""

import dataclasses

import pytest

from jangteo.interfaces.links.link import Outcome
from jangteo.records.exchange.questions import Message
from tests.interfaces.links.line import (
    Partners,
    carry,
    commitment,
    disbursement,
    evidence,
    held,
    tell,
    transfer,
    verbs,
)


def test_a_transfer_goes_out_and_its_answer_comes_back(partners: Partners) -> None:
    key = tell(transfer(amount=4_400_000))
    assert partners.courier("bank").work()
    found = held(key)
    assert (found.status, found.attempts, found.code) == ("done", 1, "")
    assert found.answer["amount"] == 4_400_000
    assert found.answer["reference"] == "K0000000001"
    assert partners.effects("bank") == [(key, 4_400_000)]
    assert verbs(key) == ["queue", "send", "finish"]
    (kept,) = evidence(key)
    assert bytes(kept.sent)[:8] == b"03250200"
    assert (len(bytes(kept.sent)), len(bytes(kept.received)), kept.status) == (325, 325, 200)


def test_money_is_bound_and_paid_out_of_what_is_bound(partners: Partners) -> None:
    courier = partners.courier("budget")
    bound = commitment(amount=1_000_000)
    assert carry(courier, tell(bound)).status == "done"
    paid = disbursement(bound.contract, 600_000)
    assert carry(courier, tell(paid)).status == "done"
    over = carry(courier, tell(disbursement(bound.contract, 400_001)))
    assert (over.status, over.code) == ("rejected", "B201")
    assert over.answer == {"reason": "원인행위 잔액이 부족합니다."}
    assert partners.effects("budget") == [(bound.key, 1_000_000), (paid.key, 600_000)]


#: last digits of an account -> (status, code, effect in won, what happened)
HABITS = {
    "9001": ("done", "", 500, "queue send accept finish"),
    "9002": ("done", "", 500, "queue send finish"),
    "9003": ("done", "", 500, "queue send lose finish"),
    "9004": ("done", "", 500, "queue send lose defer send finish"),
    "9005": ("rejected", "0101", None, "queue send reject"),
    "9006": ("rejected", "0102", None, "queue send reject"),
    "9007": ("done", "", 499, "queue send finish"),
    "9008": ("done", "", 500, "queue send lose defer send finish"),
    "9009": ("done", "", 500, "queue send lose finish"),
    "9010": ("rejected", "0103", None, "queue send accept reject"),
    "9011": ("accepted", "", None, "queue send accept"),
}


@pytest.mark.parametrize("digits", sorted(HABITS))
def test_every_habit_of_the_bank_ends_in_one_effect_or_none(
    partners: Partners, digits: str
) -> None:
    status, code, won, happened = HABITS[digits]
    key = tell(transfer(account=f"11012345{digits}", amount=500))
    found = carry(partners.courier("bank"), key)
    assert (found.status, found.code, " ".join(verbs(key))) == (status, code, happened)
    assert partners.effects("bank") == ([(key, won)] if won else [])


def test_a_message_that_cannot_be_carried_does_not_hold_up_the_next(partners: Partners) -> None:
    courier = partners.courier("bank")
    sound = courier.link

    def read(message: Message, body: bytes) -> tuple[Outcome, ...]:
        if message.key == bad:
            raise ValueError("a fault in the translation")
        return sound.read(message, body)

    courier.link = dataclasses.replace(sound, read=read)
    bad = tell(transfer(amount=1))
    good = tell(transfer(amount=2))
    for _ in range(2):
        courier.work()
    assert (held(bad).status, held(bad).attempts) == ("unknown", 1)
    assert held(good).status == "done"
    courier.link = sound
    assert carry(courier, bad).status == "done"
    assert partners.effects("bank") == [(bad, 1), (good, 2)]
