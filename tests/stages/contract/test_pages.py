"""Every contract page for every reader, in both languages, with what they may do there."""

from typing import Any

import pytest

from jangteo.stages.contract.models import Amendment, Contract, Security, Subcontract
from tests.market import market
from tests.stages.award.opened import AT
from tests.stages.contract.signed import ENDS, NEEDED, STARTS, VALUE, Signed, active, drafted, small

pytestmark = pytest.mark.django_db
#: reader -> whether of the two sides
SIDES = {
    "officer": True, "approver": True, "inspector": True, "payer": True, "head0": True,
    "bidder0": True, "head1": False, "head2": False, "stranger": False, "": False,
}  # fmt: skip
WORDS = {
    "ko": {"sign": "계약서에 서명", "hire": "하도급 등록", "terminate": "계약 해지",
           "change": "변경계약 제안"},
    "en": {"sign": "Sign the contract", "hire": "Register a subcontract",
           "terminate": "Terminate the contract", "change": "Propose an amendment"},
}  # fmt: skip


def with_stranger(made: Signed) -> Signed:
    """An officer of another agency looks on."""
    other = market()
    made.here.add("stranger", "contract_officer", other.tender.buyer)
    return made


def read(made: Signed, who: str, language: str = "ko", path: str = "") -> tuple[int, str]:
    got = made.here.client(who, language).get(path or f"/contracts/{made.number}")
    return got.status_code, got.content.decode()


def verbs(made: Signed, who: str) -> list[str]:
    """The verbs whose forms a reader's page holds, in their order."""
    _, page = read(made, who)
    parts = page.split(f'action="/contracts/{made.number}/')[1:]
    return [part.split('"', 1)[0] for part in parts]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_sees_a_contract_before_it_is_in_force(language: str) -> None:
    made = with_stranger(drafted())
    for who in SIDES:
        status, _ = read(made, who, language)
        own = who in ("officer", "approver", "inspector", "payer")
        assert status == (200 if own else 404), who
    made.offer()
    for who, side in SIDES.items():
        status, page = read(made, who, language)
        assert status == (200 if side else 404), who
        if side:
            assert (WORDS[language]["sign"] in page) == (who == "head0"), who
    assert verbs(made, "officer") == ["record_security", "take_back", "cancel"]
    assert verbs(made, "head0") == ["agree"]
    assert verbs(made, "bidder0") == verbs(made, "approver") == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_each_reader_sees_of_a_contract_in_force(language: str) -> None:
    made = with_stranger(active())
    made.hire(40_000_000, work="옥상방수")
    made.hire(30_000_000, 2, work="창호교체")
    texts = WORDS[language]
    for who, side in SIDES.items():
        status, page = read(made, who, language)
        assert status == 200, who
        assert (f'lang="{language}"' in page) and ("97,908,840" in page), who
        assert ("옥상방수" in page) == (side or who == "head1"), who
        assert ("창호교체" in page) == (side or who == "head2"), who
        assert ("B-1" in page) == ("document-0.pdf" in page) == side, who
        assert (texts["hire"] in page) == (who == "head0"), who
        assert (texts["change"] in page) == (who == "officer"), who
        assert (texts["terminate"] in page) == (who == "approver"), who
        assert ("data-statement" in page) is False, who


def test_what_each_reader_may_do_while_an_amendment_is_open() -> None:
    made = with_stranger(active())
    made.do("propose_amendment", "officer", value=VALUE, ends=STARTS, reason="범위를 줄입니다.")
    assert verbs(made, "officer") == ["withdraw_amendment"]
    assert "agree_amendment" in verbs(made, "head0")
    for who in ("head1", "stranger", ""):
        assert verbs(made, who) == [], who
        assert "범위를 줄입니다." not in read(made, who)[1], who
    made.sign("agree_amendment", "head0")
    assert verbs(made, "officer") == ["conclude_amendment", "withdraw_amendment"]
    assert "agree_amendment" not in verbs(made, "head0")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_subcontracts_page_is_its_three_sides_own(language: str) -> None:
    made = with_stranger(active())
    row = made.hire(40_000_000)
    url = f"/subcontracts/{row.number}"
    may = {"agree": "head1", "acknowledge": "nobody", "end": "head0"}
    for step in ("registered", "agreed"):
        for who in SIDES:
            status, page = read(made, who, language, url)
            inside = SIDES[who] or who == "head1"
            assert status == (200 if inside else 404), (step, who)
            for verb, whose in may.items():
                form = f'name="verb" value="{verb}"' in page
                assert form == (who == whose), (step, who, verb)
        if step == "registered":
            assert made.here.client("head1").post(url, {"verb": "agree"}).status_code == 302
            may = {"agree": "nobody", "acknowledge": "officer", "end": "head0"}
    assert Subcontract.objects.get().status == "agreed"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_list_holds_ones_own_contracts(language: str) -> None:
    made = with_stranger(active())
    made.hire(40_000_000)
    for who, side in SIDES.items():
        status, page = read(made, who, language, "/contracts")
        assert status == (200 if who else 302), who
        assert (f"/contracts/{made.number}" in page) == side, who
        assert ("/subcontracts/" in page) == (who == "head1"), who


def test_only_the_two_sides_have_the_papers() -> None:
    made = with_stranger(active())
    for path in ("document.pdf", "document-0.pdf"):
        for who, side in SIDES.items():
            got = made.here.client(who).get(f"/contracts/{made.number}/{path}")
            assert got.status_code == (200 if side else 404), (path, who)
    got = made.here.client("officer").get(f"/contracts/{made.number}/document-9.pdf")
    assert got.status_code == 404


@pytest.mark.parametrize("who", [who for who in SIDES if who != "officer"])
def test_who_may_not_is_not_let_in_by_a_form(who: str) -> None:
    made = with_stranger(drafted())
    made.offer()
    before = made.row()
    sent: dict[str, dict[str, Any]] = {
        "take_back": {}, "cancel": {"reason": "그만둡니다."},
        "record_security": {"kind": "cash", "amount": "9790884"},
        "terminate": {"ground": "agency", "reason": "그만둡니다."},
    }  # fmt: skip
    for verb, data in sent.items():
        got = made.here.client(who).post(f"/contracts/{made.number}/{verb}", data)
        expected = (403, 404) if SIDES[who] else (404,)
        late = who == "approver" and verb == "terminate"
        assert got.status_code in ((409,) if late else expected), (verb, got.status_code)
    assert made.row() == before
    assert not Security.objects.exists()


def test_a_form_that_is_wrong_says_so_where_it_was_filled_in() -> None:
    made = active()
    officer, head = made.here.client("officer", "ko"), made.here.client("head0", "ko")
    url = f"/contracts/{made.number}"
    got = officer.post(
        f"{url}/propose_amendment", {"value": "0", "ends": "2027-05-31", "reason": "물량"}
    )
    assert got.status_code == 422
    assert 'href="#id_value"' in got.content.decode()
    unchanged = {"value": str(VALUE), "ends": ENDS.isoformat(), "reason": "물량"}
    got = officer.post(f"{url}/propose_amendment", unchanged)
    assert got.status_code == 422
    assert "금액도 마지막 날도 바뀌지 않습니다." in got.content.decode()
    given = {
        "subcontractor": made.here.identifier(1), "work": "방수", "amount": str(VALUE + 1),
        "starts": STARTS.isoformat(), "ends": ENDS.isoformat(),
        "signed_on": AT.date().isoformat(),
    }  # fmt: skip
    got = head.post(f"{url}/register_subcontract", given)
    assert got.status_code == 422
    assert 'value="방수"' in got.content.decode()
    assert not Subcontract.objects.exists() and not Amendment.objects.exists()
    got = made.here.client("approver", "ko").post(f"{url}/terminate", {"reason": "이유"})
    assert got.status_code == 422
    assert Contract.objects.get().status == "active"


def test_a_contract_of_services_asks_for_part_of_the_services() -> None:
    made = small(category="services", title="민원실 청소 용역")
    made.offer()
    made.sign("agree", "head0")
    made.do("record_security", "officer", kind="undertaking")
    made.sign("conclude", "officer")
    page = read(made, "head0", "en")[1]
    assert "Part of the services" in page and "Part of the works" not in page
    assert "맡은 용역" in read(made, "head0", "ko")[1]


def test_the_page_of_the_draft_is_the_officers_own() -> None:
    made = drafted()
    new = f"/contracts/new/{made.here.number}"
    assert made.here.client("officer").get(new).headers["location"] == f"/contracts/{made.number}"
    for who in ("approver", "head0", "head1", ""):
        assert made.here.client(who).get(new).status_code == 404, who
    given = {"starts": "2026-12-01", "ends": "2027-03-31", "budget_line": "401-01"}
    got = made.here.client("officer").post(f"/contracts/{made.number}/revise", given)
    assert (got.status_code, made.state()) == (302, "offered")
    assert made.page("officer").security.missing == NEEDED
