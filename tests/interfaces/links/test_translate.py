"""What a system says is read exactly or refused; what we say is written exactly or refused."""

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.config.switchboard import LINKS
from jangteo.ground.errors import Refusal
from jangteo.interfaces.links.link import Outcome
from jangteo.interfaces.links.systems.bank import translate as bank
from jangteo.records.exchange.questions import BudgetCommitment, Message, Transfer
from tests.interfaces.links.samples import SAMPLES, Sample

AT = datetime(2026, 11, 26, 5, 20, tzinfo=UTC)
PAID = next(one for one in SAMPLES if (one.system, one.name) == ("bank", "paid"))
BOUND = next(one for one in SAMPLES if (one.system, one.name) == ("budget", "bound"))
EVERY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: f"{one.system}-{one.name}")


def refused(link: str, told: Message, body: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        LINKS[link].read(told, body)
    return caught.value.code


def test_every_question_of_every_system_has_its_sample() -> None:
    recorded = {(one.system, type(one.told).__name__) for one in SAMPLES}
    assert recorded == {(link.card.id, name) for link in LINKS.values() for name in link.card.takes}


@EVERY
def test_a_sample_is_written_byte_for_byte(sample: Sample) -> None:
    link = LINKS[sample.system]
    assert link.order(sample.told, sample.at).body == sample.order
    assert link.inquire(sample.told, sample.at).body == sample.inquiry


@EVERY
def test_a_sample_is_read_as_it_was(sample: Sample) -> None:
    for received, outcomes in sample.answers:
        found = LINKS[sample.system].read(sample.told, received)
        assert [dataclasses.asdict(one) for one in found] == outcomes


@EVERY
def test_an_answer_about_another_message_is_refused(sample: Sample) -> None:
    other = dataclasses.replace(sample.told, key="R26PC99999999-1-1")
    for received, _ in sample.answers:
        assert refused(sample.system, other, received) == "link.answer.other_key"


@EVERY
def test_no_answer_with_a_byte_missing_or_added_is_read(sample: Sample) -> None:
    for received, _ in sample.answers:
        for body in (received[:-1], received[1:], received + b"0", b""):
            assert refused(sample.system, sample.told, body).startswith("link.answer.")


def text(**changed: str) -> bytes:
    """The bank's answer that it paid, with some of its fields changed."""
    fields = bank.split(PAID.answers[1][0])[0]
    fields.pop("length")
    return bank.write({**fields, **changed})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "0200"}, "kind"),
        ({"code": ""}, "code"),
        ({"code": "ABCD"}, "code"),
        ({"code": "9404"}, "code"),
        ({"account": "110123456780"}, "other_account"),
        ({"bank": "004"}, "other_account"),
        ({"done_at": ""}, "moment"),
        ({"done_at": "20261332000000"}, "moment"),
    ],
)
def test_the_banks_nonsense_has_its_code(changed: dict[str, str], code: str) -> None:
    assert refused("bank", PAID.told, text(**changed)) == f"link.answer.{code}"


def test_the_bank_may_confirm_another_amount_and_it_is_told_as_it_is() -> None:
    (found,) = LINKS["bank"].read(PAID.told, text(amount="4399999"))
    assert (found.said, found.answer["amount"]) == ("done", 4_399_999)


def row(**changed: Any) -> bytes:
    """The budget system's answer that it bound the money, with some of its fields changed."""
    (held,) = json.loads(BOUND.answers[1][0])["응답"]
    return json.dumps({"응답": [{**held, **changed}]}).encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (row(처리상태="보류"), "state"),
        (row(처리금액=999_999_999), "amount"),
        (row(처리금액="1000000000"), "amount"),
        (row(처리금액=True), "amount"),
        (row(처리금액=1e9), "unreadable"),
        (row(처리일시="2026-11-26T14:20:00"), "moment"),
        (row(처리일시="어제"), "moment"),
        (row(처리상태="반려", 오류코드="없음"), "code"),
        (row(접수번호=7), "shape"),
        (row(더="있음"), "shape"),
        (b'{"\xec\x9d\x91\xeb\x8b\xb5": []}', "shape"),
        (b"[]", "shape"),
        (b"<html>", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b'{"a": NaN}', "shape"),
    ],
)
def test_the_budget_systems_nonsense_has_its_code(body: bytes, code: str) -> None:
    assert refused("budget", BOUND.told, body) == f"link.answer.{code}"


@pytest.mark.parametrize("system", sorted(LINKS))
@given(body=st.binary(max_size=700))
def test_any_bytes_are_read_or_refused(system: str, body: bytes) -> None:
    told = PAID.told if system == "bank" else BOUND.told
    try:
        found = LINKS[system].read(told, body)
    except Refusal as refusal:
        assert refusal.code.startswith("link.answer.")
    else:
        assert all(isinstance(one, Outcome) for one in found)


@given(
    kind=st.sampled_from(["0210", "0610", "0200", ""]),
    code=st.text("0123456789A ", max_size=4),
    done_at=st.text("0123456789 ", max_size=14),
    amount=st.integers(0, 10**13 - 1),
)
def test_any_text_of_the_banks_form_is_read_or_refused(
    kind: str, code: str, done_at: str, amount: int
) -> None:
    body = text(kind=kind, code=code, done_at=done_at, amount=str(amount))
    try:
        (found,) = LINKS["bank"].read(PAID.told, body)
    except Refusal as refusal:
        assert refusal.code.startswith("link.answer.")
    else:
        assert found.said != "done" or (code, found.answer["amount"]) == ("0000", amount)


@given(
    name=st.text(min_size=1, max_size=60),
    account=st.text("0123456789-", max_size=20),
    amount=st.integers(1, 10**14),
)
def test_any_transfer_is_written_whole_or_refused(name: str, account: str, amount: int) -> None:
    told = Transfer("R26PC00000007-1-1", "R26PC00000007", name, "088", account, amount)
    try:
        body = LINKS["bank"].order(told, AT).body
    except Refusal as refusal:
        assert refusal.code.startswith("link.order.")
        return
    (found,) = bank.split(body)
    assert len(body) == bank.LENGTH
    assert (found["name"], int(found["amount"])) == (name.rstrip(" "), amount)
    assert found["account"] == account.replace("-", "")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"account": "계좌"}, "account"),
        ({"account": ""}, "account"),
        ({"account": "1" * 17}, "too_long"),
        ({"amount": 10**13}, "too_long"),
        ({"amount": -1}, "number"),
        ({"payee_name": "가" * 31}, "too_long"),
        ({"payee_name": "\U0001f600"}, "unwritable"),
        ({"payee_name": "김\n하늘"}, "unwritable"),
    ],
)
def test_a_transfer_that_does_not_fit_is_refused(changed: dict[str, Any], code: str) -> None:
    told = dataclasses.replace(PAID.told, **changed)
    with pytest.raises(Refusal) as caught:
        LINKS["bank"].order(told, AT)
    assert caught.value.code == f"link.order.{code}"


def test_a_question_of_another_system_is_refused() -> None:
    budget = BudgetCommitment("k", "R26TA00000003", "6110000", "401-01", "new", 1, date.max)
    for link, told in (("bank", budget), ("budget", PAID.told)):
        with pytest.raises(Refusal) as caught:
            LINKS[link].order(told, AT)
        assert caught.value.code == "link.question.not_taken"
