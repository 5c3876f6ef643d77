"""An amendment comes into force only once the performance security covers it to its end."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jangteo.records.exchange.models import Exchange
from jangteo.stages.contract import queries
from jangteo.stages.contract.models import Amendment, Security, Signature
from tests.stages.award.opened import AT, DAY, refused
from tests.stages.contract.signed import BOND, ENDS, NEEDED, VALUE, Signed, active, small

pytestmark = pytest.mark.django_db
LATER = date(2027, 5, 31)
MORE = VALUE + 10_000_000


def agreed(made: Signed, value: int = VALUE, ends: date = ENDS) -> None:
    """An amendment that waits for the agency's signature."""
    made.do("propose_amendment", "officer", value=value, ends=ends, reason="물량 변경")
    made.sign("agree_amendment", "head0")


def conclude(made: Signed) -> None:
    made.sign("conclude_amendment", "officer")


def record(made: Signed, **changed: Any) -> Security:
    found: Security = made.do("record_security", "officer", **(BOND | changed))
    return found


def lacks(made: Signed) -> dict[str, Any]:
    """What the refusal says; nothing was signed and nothing changed."""
    before = made.row()
    no = refused("contract.amendment.security", lambda: conclude(made), 409)
    assert no.law == (
        "국가계약법 시행규칙 제55조제1항, 제62조, 지방계약법 시행규칙 제53조제1항, 제60조"
    )
    assert made.row() == before
    assert Amendment.objects.get(status="agreed")
    assert not Signature.objects.filter(text__number=1, side="buyer").exists()
    return dict(no.params)


def test_a_higher_value_needs_the_difference() -> None:
    made = active()
    agreed(made, MORE)
    assert lacks(made) == {"missing": 1_000_000, "until": ENDS}
    record(made, paper="B-2", amount=999_999)
    assert lacks(made) == {"missing": 1, "until": ENDS}
    record(made, kind="cash", paper="", issuer="", amount=1, until=None)
    conclude(made)
    assert (made.row().value, made.page("officer").security.recorded) == (MORE, 10_790_884)


def test_a_longer_period_needs_the_bond_until_then() -> None:
    made = active()
    agreed(made, ends=LATER)
    assert lacks(made) == {"missing": NEEDED, "until": LATER}
    refused("contract.security.too_short", lambda: record(made, until=date(2027, 5, 30)))
    record(made, until=LATER)
    conclude(made)
    found = made.page("officer").security
    assert (found.recorded, found.enough, found.missing) == (NEEDED, True, 0)


def test_a_bond_recorded_again_is_the_same_bond() -> None:
    made = active()
    agreed(made, 2 * VALUE)
    record(made, amount=NEEDED, at=AT + DAY)
    assert lacks(made) == {"missing": NEEDED, "until": ENDS}
    record(made, amount=2 * NEEDED, at=AT + 2 * DAY)
    conclude(made)
    assert Security.objects.count() == 3


def test_a_lower_value_and_an_earlier_end_need_nothing_more() -> None:
    made = active()
    agreed(made, VALUE - 1, date(2027, 3, 1))
    conclude(made)
    assert (made.row().value, Security.objects.count()) == (VALUE - 1, 1)


def test_cash_has_no_last_day() -> None:
    made = active()
    record(made, kind="cash", amount=NEEDED, issuer="", paper="", until=None)
    agreed(made, ends=LATER)
    conclude(made)
    assert made.row().ends == LATER


def test_an_undertaking_holds_up_to_the_amount_of_the_waiver() -> None:
    made = small()
    made.offer()
    made.sign("agree", "head0")
    made.do("record_security", "officer", kind="undertaking")
    made.sign("conclude", "officer")
    agreed(made, 50_000_000, LATER)
    conclude(made)
    assert made.row().value == 50_000_000
    made.do("propose_amendment", "officer", value=50_000_001, ends=LATER, reason="물량 변경")
    made.sign("agree_amendment", "head0")
    no = refused("contract.amendment.security", lambda: conclude(made), 409)
    assert no.params == {"missing": 5_000_001, "until": LATER}
    refused("contract.security.not_waived",
            lambda: made.do("record_security", "officer", kind="undertaking"))  # fmt: skip
    record(made, amount=5_000_001, until=LATER)
    conclude(made)
    assert made.row().value == 50_000_001


def test_the_desk_asks_for_the_security_before_the_signature() -> None:
    made = active()
    agreed(made, MORE)
    officer = made.here.who("officer")

    def titles() -> list[str]:
        return [task.title for task in queries.tasks_for(officer, AT)]

    secure, sign = (
        "Record the performance security of “{title}”", "Read and sign the amendment of “{title}”",
    )  # fmt: skip
    assert titles() == [secure]
    page = made.here.client("officer").get(f"/contracts/{made.number}").content.decode()
    assert "KRW 9,790,884 is secured until" in page
    assert 'action="/contracts/' + made.number + '/record_security"' in page
    assert "/conclude_amendment" not in page
    record(made, paper="B-2", amount=1_000_000)
    assert titles() == [sign]
    page = made.here.client("officer").get(f"/contracts/{made.number}").content.decode()
    assert "/conclude_amendment" in page and "/record_security" not in page


def test_a_withdrawn_amendment_needs_no_security() -> None:
    made = active()
    agreed(made, MORE, LATER)
    assert not made.page("officer").security.enough
    made.do("withdraw_amendment", "officer")
    found = made.page("officer").security
    assert (found.enough, found.required, found.until) == (True, NEEDED, ENDS)


def test_the_desk_says_that_the_money_is_not_bound_and_that_an_amendment_binds_it_anew() -> None:
    made = active()
    officer, hour = made.here.who("officer"), timedelta(hours=1)

    def asked(at: datetime) -> list[str]:
        return [task.title.format(**task.params) for task in queries.tasks_for(officer, at)]

    title = made.row().title
    (told,) = Exchange.objects.filter(about=f"contract:{made.number}")
    assert asked(told.created_at + DAY - hour) == []
    assert asked(told.created_at + DAY) == [
        f"The budget system does not say whether it bound the money of “{title}”: ask it"
    ]
    Exchange.objects.filter(pk=told.pk).update(
        status="rejected", code="B105", answer={"reason": "잔액 부족"}, answered_at=AT
    )
    assert asked(told.created_at) == [
        f"The budget system refused to bind the money of “{title}” (B105 잔액 부족): tell it again"
    ]
    agreed(made, VALUE - 1)
    conclude(made)
    assert Exchange.objects.filter(about=told.about).count() == 2
    assert asked(told.created_at) == []
