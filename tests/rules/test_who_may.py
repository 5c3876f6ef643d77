"""Sizes, joint contractors, debarment, securities, private contracts: each edge, each article."""

from datetime import date
from fractions import Fraction

import pytest

from jangteo.ground.period import Period
from jangteo.rules.award import private_contract
from jangteo.rules.dated import RuleMissing
from jangteo.rules.deadline.briefing import latest_briefing
from jangteo.rules.eligibility import debarment, joint, size
from jangteo.rules.payment.advance import settled_advance
from jangteo.rules.security.bid import bid_security
from jangteo.rules.security.defect import defect_security

ON = date(2026, 11, 26)
M = 10**6


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize(
    ("category", "price", "sizes"),
    [
        ("goods", 100 * M - 1, size.SMALL), ("goods", 100 * M, size.MEDIUM),
        ("services", 230 * M - 1, size.MEDIUM), ("services", 230 * M, ()), ("works", 1, ()),
    ],
)  # fmt: skip
def test_to_whom_a_tender_may_be_reserved(
    regime: str, category: str, price: int, sizes: tuple[str, ...]
) -> None:
    found = size.reserved(regime=regime, category=category, estimated_price=price, on=ON)
    assert found.sizes == sizes
    assert all("제1항제1" in one.law for one in found.reasons)
    assert size.check(["small"], found.sizes, regime=regime).allowed
    assert size.check(["medium"], found.sizes, regime=regime).allowed == (sizes != size.SMALL)
    assert size.check(["large"], found.sizes, regime=regime).allowed == (not sizes)


@pytest.mark.parametrize("regime", ["national", "local"])
def test_engineering_services_are_reserved_to_nobody(regime: str) -> None:
    asked = {"regime": regime, "estimated_price": 1, "on": ON, "engineering": True}
    found = size.reserved(category="services", **asked)
    assert found.sizes == ()
    assert [one.code for one in found.reasons] == ["eligibility.size.engineering"]
    assert "제1항제1" in found.reasons[0].law
    assert size.reserved(category="goods", **asked).sizes == size.SMALL


def _members(*shares: str) -> list[joint.Member]:
    return [joint.Member(f"m{n}", Fraction(share)) for n, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "kind", "price", "codes"),
    [
        (("60", "40"), "joint", 10**9, ["eligibility.joint"]),
        (("90", "10"), "joint", 10**9, ["eligibility.joint"]),
        (("90.1", "9.9"), "joint", 10**9, ["eligibility.joint.share"]),
        (("95", "5"), "joint", 10**11, ["eligibility.joint"]),
        (("95", "5"), "joint", 10**11 - 1, ["eligibility.joint.share"]),
        (("20",) * 5, "joint", 10**9, ["eligibility.joint"]),
        (("50", "10", "10", "10", "10", "10"), "joint", 10**9, ["eligibility.joint.members"]),
        (("10",) * 10, "lead", 10**9, ["eligibility.joint"]),
        (("100",), "joint", 10**9, ["eligibility.joint.members"]),
        (("60", "39.9"), "joint", 10**9, ["eligibility.joint.total"]),
        (("99", "1"), "divided", 10**9, ["eligibility.joint"]),
        (("100", "0"), "divided", 10**9, ["eligibility.joint.share"]),
    ],
)
@pytest.mark.parametrize("regime", ["national", "local"])
def test_members_and_shares(
    shares: tuple[str, ...], kind: str, price: int, codes: list[str], regime: str
) -> None:
    found = joint.check(_members(*shares), kind=kind, regime=regime, estimated_price=price, on=ON)
    assert [one.code for one in found.reasons] == codes
    assert found.allowed == (codes == ["eligibility.joint"])


def test_a_firm_is_a_member_once() -> None:
    members = [joint.Member("m", Fraction(50)), joint.Member("m", Fraction(50))]
    found = joint.check(members, kind="joint", regime="national", estimated_price=1, on=ON)
    assert [one.code for one in found.reasons] == ["eligibility.joint.same"]


def test_nobody_stands_behind_two_bids() -> None:
    entries = [
        joint.Entry("a", ["Ahn"], ["Ahn", "Lee"]),
        joint.Entry("b", ["Kim"], ["Kim", "Lee"]),
        joint.Entry("c", ["Lee"], ["Lee"]),
        joint.Entry("d", ["Park"], ["Park", "Park"]),
    ]
    found = joint.twice(entries, regime="national")
    assert [(one.key, one.person, one.whole) for one in found] == [
        ("a", "Lee", False), ("b", "Lee", False), ("c", "Lee", True),
    ]  # fmt: skip
    assert "제44조제2항" in found[0].reason.law
    assert "제44조제2항" not in found[2].reason.law
    local = joint.twice(entries, regime="local")
    assert [(one.key, one.whole) for one in local] == [("a", True), ("b", True), ("c", True)]
    assert joint.twice(entries[:1], regime="local") == ()


PERIOD = Period(date(2026, 11, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2026, 10, 31), True), (PERIOD.since, False), (date(2026, 11, 30), False),
     (date(2026, 12, 1), True)],
)  # fmt: skip
@pytest.mark.parametrize("regime", ["national", "local"])
def test_debarred_for_a_time_oneself_or_by_a_representative(
    day: date, allowed: bool, regime: str
) -> None:
    own = debarment.check([PERIOD], {}, regime=regime, day=day)
    head = debarment.check([], {"Kim": [PERIOD]}, regime=regime, day=day)
    assert own.allowed == head.allowed == allowed
    codes = {one.reasons[0].code.rsplit(".", 1)[1] for one in (own, head)}
    assert codes == ({"none"} if allowed else {"own", "representative"})
    assert all("제10항" in one.law for one in head.reasons if not allowed)


@pytest.mark.parametrize(
    ("ended", "act", "on", "allowed"),
    [
        (date(2021, 11, 26), "bad_work", ON, True),
        (date(2021, 11, 25), "bad_work", ON, False),
        (date(2019, 11, 26), "collusion", ON, True),
        (date(2019, 11, 25), "bribery", ON, False),
        (date(2020, 2, 29), "bad_work", date(2025, 2, 28), True),
        (date(2020, 2, 29), "bad_work", date(2025, 3, 1), False),
    ],
)
@pytest.mark.parametrize("regime", ["national", "local"])
def test_after_some_years_nobody_is_debarred(
    ended: date, act: str, on: date, allowed: bool, regime: str
) -> None:
    assert debarment.time_barred(ended=ended, act=act, regime=regime, on=on).allowed == allowed


@pytest.mark.parametrize(
    ("group", "limit", "one"),
    [
        ("anyone", 20, 20), ("small", 100, 20), ("special_knowledge", 100, 20),
        ("women", 100, 50), ("disabled", 100, 50), ("social", 100, 50), ("young_startup", 50, 50),
    ],
)  # fmt: skip
@pytest.mark.parametrize("regime", ["national", "local"])
def test_private_contracts_by_group(group: str, limit: int, one: int, regime: str) -> None:
    def ask(price: int) -> tuple[bool, str]:
        found = private_contract.allowed(group=group, estimated_price=price, regime=regime, on=ON)
        begins = "Up to" if price <= limit * M else "Above"
        assert found.reasons[0].text.startswith(f"{begins} {{limit:,}} won")
        return found.allowed, found.reasons[1].text[:5]

    assert ask(limit * M)[0]
    assert not ask(limit * M + 1)[0]
    assert ask(one * M)[1] == "Up to"
    assert ask(one * M + 1)[1] == "Above"


@pytest.mark.parametrize(("regime", "one"), [("national", 20 * M), ("local", 0)])
def test_a_lease_by_private_contract(regime: str, one: int) -> None:
    """국가 제30조제1항제2호 names no kind, 지방 제30조제1항제2호 works, goods and services only."""

    def ask(price: int) -> tuple[bool, str]:
        found = private_contract.allowed(group="lease", estimated_price=price, regime=regime, on=ON)
        return found.allowed, found.reasons[1].text

    suffices = "Up to {one:,} won one quotation suffices."
    two = "Above {one:,} won two quotations are needed." if one else "Two quotations are needed."
    assert ask(50 * M) == (True, two)
    assert ask(50 * M + 1) == (False, two)
    assert ask(one + 1) == (True, two)
    assert ask(20 * M)[1] == (suffices if one else two)


@pytest.mark.parametrize("regime", ["national", "local"])
def test_a_bid_security_is_rounded_up_and_halved_in_a_crisis(regime: str) -> None:
    assert bid_security(amount=1_000_001, regime=regime, on=ON).amount == 50_001
    assert bid_security(amount=1_000_001, regime=regime, on=ON, crisis=True).amount == 25_001
    assert bid_security(amount=20, regime=regime, on=ON).amount == 1


@pytest.mark.parametrize(
    ("kind", "amount", "waived"),
    [
        ("heavy", 1_500_001, False), ("harbour", 1_200_001, False), ("road", 900_001, False),
        ("other", 600_001, False), ("landscaping", 1_500_001, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("regime", ["national", "local"])
def test_a_defect_security_by_kind_of_works(
    kind: str, amount: int, waived: bool, regime: str
) -> None:
    found = defect_security(value=30_000_001, kind=kind, regime=regime, on=ON)
    assert (found.amount, found.waivable) == (amount, waived)
    small = defect_security(value=30_000_000, kind=kind, regime=regime, on=ON)
    assert small.waivable == (kind != "landscaping")


def test_goods_have_a_defect_security_under_the_local_act_only() -> None:
    assert defect_security(value=100, kind="manufacture", regime="local", on=ON).amount == 3
    assert defect_security(value=100, kind="service", regime="local", on=ON).amount == 2
    with pytest.raises(RuleMissing):
        defect_security(value=100, kind="manufacture", regime="national", on=ON)


@pytest.mark.parametrize(
    ("progress", "settled"), [(0, 0), (1, 1), (250 * M, 75 * M), (1000 * M, 300 * M)]
)
def test_an_advance_is_settled_with_the_progress(progress: int, settled: int) -> None:
    found, reason = settled_advance(contract=1000 * M, advance=300 * M, progress=progress)
    assert found == settled
    assert reason.params["found"] == settled


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize(
    ("price", "day"),
    [
        (1000 * M - 1, date(2026, 12, 2)), (1000 * M, date(2026, 11, 24)),
        (5000 * M - 1, date(2026, 11, 24)), (5000 * M, date(2026, 11, 6)),
    ],
)  # fmt: skip
def test_a_site_briefing_comes_in_time(regime: str, price: int, day: date) -> None:
    deadline = date(2026, 12, 10)
    assert latest_briefing(deadline, regime=regime, estimated_price=price).day == day


def test_only_large_local_works_oblige_to_come() -> None:
    for regime, price, attend in (
        ("local", 30_000 * M, True), ("local", 30_000 * M - 1, False),
        ("national", 30_000 * M, False),
    ):  # fmt: skip
        found = latest_briefing(ON, regime=regime, estimated_price=price)
        assert found.attend == attend
