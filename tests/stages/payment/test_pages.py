"""Every page of payments as each of its readers meets it, in both languages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from jangteo.stages.payment import queries
from jangteo.stages.payment.models import Claim, PayeeWord
from tests.stages.payment.street import (
    AT,
    Street,
    answer,
    key_of,
    leaf,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db


def client(here: Street, who: str, language: str = "en") -> Client:
    found = Client(headers={"accept-language": language})
    found.force_login(here.accounts[who])
    return found


def text(answered: Any) -> str:
    return answered.content.decode()


LINE = {"bank": "088", "account": "110-123-456789"}


def typed(*lines: dict[str, str], **claim: str) -> dict[str, str]:
    data = {"lines": str(len(lines)), **claim}
    for n, line in enumerate(lines):
        data |= {f"leaf-{n}-{name}": value for name, value in {**LINE, **line}.items()}
    return data


def test_a_claim_is_filed_from_the_page_checked_and_ordered() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claimant = client(here, "claimant")
    assert "/claims/new" in text(claimant.get(f"/contracts/{here.number}/claims"))
    page = text(claimant.get(f"/contracts/{here.number}/claims/new"))
    assert 'name="amount" value="900,000"' in page
    assert f'<option value="{sub.number}" selected>' in page
    made = claimant.post(
        f"/contracts/{here.number}/claims/new",
        typed(
            {"kind": "prime", "amount": "700,000"},
            {"kind": "subcontractor", "subcontract": sub.number, "amount": "150,000"},
            {"kind": "worker", "payee_name": "김하늘", "amount": "50,000", "account": "1002345678"},
            {"kind": "worker", "amount": ""},
            amount="900,000", note="1회 기성",
        ),
    )  # fmt: skip
    claim = Claim.objects.get()
    assert made.headers["Location"] == f"/claims/{claim.number}"
    assert claim.leaves.count() == 3
    checker, payer = client(here, "checker"), client(here, "payer")
    page = text(checker.get(f"/claims/{claim.number}"))
    assert "1회 기성" in page
    assert "Is the claim right?" in page
    assert "110123456789" not in page
    assert "Order the payment" not in page
    assert checker.post(f"/claims/{claim.number}/approve").status_code == 302
    page = text(payer.get(f"/claims/{claim.number}"))
    assert "900,000 goes to 3 payees" in page
    assert "110123456789" in page
    assert payer.post(f"/claims/{claim.number}/order").status_code == 302
    claim.refresh_from_db()
    assert claim.status == "ordered"


def test_refusals_stand_at_the_line_they_are_about() -> None:
    here = street(accepted=900_000)
    claimant = client(here, "claimant")
    where = f"/contracts/{here.number}/claims/new"
    answered = claimant.post(
        where,
        typed(
            {"kind": "prime", "amount": "1,000"},
            {"kind": "prime", "amount": ""},
            {"kind": "worker", "payee_name": "", "amount": "500", "account": "1"},
            amount="1,501",
        ),
    )
    page = text(answered)
    assert answered.status_code == 422
    assert 'id="id_leaf-2-payee_name_error"' in page or 'href="#id_leaf-2-payee_name"' in page
    assert 'href="#id_leaf-2-account"' in page
    assert 'href="#id_amount"' in page
    assert "The payees sum to 1500 won, the claim is 1501 won." in page
    assert not Claim.objects.exists()


def test_a_line_is_added_and_keeps_what_was_typed() -> None:
    here = street(accepted=900_000)
    answered = client(here, "claimant").post(
        f"/contracts/{here.number}/claims/new",
        {
            **typed({"kind": "worker", "payee_name": "박산", "amount": "abc"}, amount="5"),
            "add": "1",
        },
    )
    page = text(answered)
    assert answered.status_code == 200
    assert 'name="lines" value="2"' in page
    assert 'value="박산"' in page
    assert 'name="leaf-1-amount"' in page
    assert not Claim.objects.exists()


@pytest.mark.parametrize("lines", ["", "x", "-1", "99999999"])
def test_any_number_of_lines_can_be_read(lines: str) -> None:
    here = street(accepted=900_000)
    answered = client(here, "claimant").post(
        f"/contracts/{here.number}/claims/new", {"lines": lines, "amount": "5"}
    )
    assert answered.status_code == 422
    assert not Claim.objects.exists()


def test_a_returned_claim_is_corrected_on_its_page() -> None:
    here = street(accepted=900_000)
    claim = here.file([prime(900_000)])
    checker, claimant = client(here, "checker"), client(here, "claimant")
    empty = checker.post(f"/claims/{claim.number}/send_back", {"reason": ""})
    assert empty.status_code == 422
    back = checker.post(f"/claims/{claim.number}/send_back", {"reason": "노무비를 나누세요"})
    assert back.status_code == 302
    assert "노무비를 나누세요" in text(claimant.get(f"/claims/{claim.number}"))
    page = text(claimant.get(f"/claims/{claim.number}/edit"))
    assert "노무비를 나누세요" in page
    assert 'name="leaf-0-amount" value="900,000"' in page
    again = claimant.post(
        f"/claims/{claim.number}/edit",
        typed({"kind": "prime", "amount": "800,000"}, amount="800,000"),
    )
    assert again.headers["Location"] == f"/claims/{claim.number}"
    claim.refresh_from_db()
    assert (claim.status, claim.amount) == ("filed", 800_000)


def test_a_bounced_account_is_corrected_at_the_payee() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([prime(900_000)])
    reject(key_of(claim))
    claimant = client(here, "claimant")
    assert "Correct the account and pay again" in text(claimant.get(f"/claims/{claim.number}"))
    where = f"/claims/{claim.number}/payees/1/account"
    wrong = claimant.post(where, {"bank": "088", "account": "12"})
    assert wrong.status_code == 422
    assert "An account number has 8 to 16 digits." in text(wrong)
    assert claimant.post(where, {"bank": "088", "account": "11099999999"}).status_code == 302
    assert leaf(claim).status == "instructed"
    assert client(here, "payer").post(where, LINE).status_code == 403
    assert claimant.post(where, LINE).status_code == 409


def test_a_wrong_name_is_corrected_and_confirmed_from_the_page() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([worker(900_000)])
    reject(key_of(claim))
    claimant, checker = client(here, "claimant"), client(here, "checker")
    where = f"/claims/{claim.number}"
    assert "The name is wrong" in text(claimant.get(where))
    assert "The name is wrong" not in text(checker.get(where))
    sent = {
        "payee-payee_name": "김하늘", "payee-bank": "004", "payee-account": "5556677788",
        "payee-reason": "오기",
    }  # fmt: skip
    wrong = claimant.post(f"{where}/payees/1/payee", sent)
    assert wrong.status_code == 422
    assert "The payee has this name already." in text(wrong)
    sent["payee-payee_name"] = "김하얀"
    assert claimant.post(f"{where}/payees/1/payee", sent).status_code == 302
    page = text(checker.get(where))
    assert "김하늘" in page
    assert "김하얀" in page
    assert "5556677788" not in page
    assert "Confirm the payee and pay again" in page
    assert "Confirm the payee and pay again" not in text(claimant.get(where))
    seen = {"proposal": leaf(claim).proposed["id"]}
    assert claimant.post(f"{where}/payees/1/confirm", seen).status_code == 403
    stale = checker.post(f"{where}/payees/1/confirm", {"proposal": "x"})
    assert stale.status_code == 409
    assert "This is not the correction that waits now." in text(stale)
    assert checker.post(f"{where}/payees/1/confirm", seen).status_code == 302
    assert (leaf(claim).status, leaf(claim).payee_name) == ("instructed", "김하얀")


def test_a_doubt_is_settled_from_the_page() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([prime(900_000)])
    answer(key_of(claim), amount=899_999)
    payer, where = client(here, "payer"), f"/claims/{claim.number}"
    assert "Settle it as the bank says" in text(payer.get(where))
    assert "Settle it as the bank says" not in text(client(here, "checker").get(where))
    sent = {"settle-outcome": "there", "settle-reference": "", "settle-reason": "확인"}
    assert payer.post(f"{where}/payees/1/settle", sent).status_code == 422
    assert leaf(claim).status == "unknown"
    sent["settle-reference"] = "B-77"
    assert payer.post(f"{where}/payees/1/settle", sent).status_code == 302
    assert leaf(claim).status == "credited"


def test_a_refused_verb_says_so_on_the_claims_page() -> None:
    here = street(accepted=900_000, budget=False)
    claim = here.approve(here.file([prime(900_000)]))
    answered = client(here, "payer").post(f"/claims/{claim.number}/order")
    assert answered.status_code == 409
    assert "has not confirmed yet that the money is bound" in text(answered)


def pages(here: Street, claim: Claim) -> dict[str, str]:
    contract = f"/contracts/{here.number}"
    return {
        "claims": f"{contract}/claims", "new": f"{contract}/claims/new",
        "claim": f"/claims/{claim.number}", "trail": f"{contract}/trail",
        "payments": "/payments", "mine": "/my/payments",
    }  # fmt: skip


EXPECTED = {
    "claimant": {
        "claims": 200,
        "new": 200,
        "claim": 200,
        "trail": 200,
        "payments": 302,
        "mine": 200,
    },
    "agent": {"claims": 200, "new": 200, "claim": 200, "trail": 200, "payments": 302, "mine": 200},
    "checker": {
        "claims": 200,
        "new": 200,
        "claim": 200,
        "trail": 200,
        "payments": 200,
        "mine": 200,
    },
    "hired0": {"claims": 404, "new": 404, "claim": 200, "trail": 200, "payments": 302, "mine": 200},
    "other": {"claims": 404, "new": 404, "claim": 404, "trail": 200, "payments": 200, "mine": 200},
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("who", EXPECTED)
def test_every_page_answers_each_reader(who: str, language: str) -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    here.add("other", "contract_officer", street().contract.buyer)
    claim = here.instructed([prime(500_000), under(sub, 200_000), worker(3_000, sub=sub)])
    answer(key_of(claim, 1))
    reader = client(here, who, language)
    got = {name: reader.get(url) for name, url in pages(here, claim).items()}
    assert {name: answered.status_code for name, answered in got.items()} == EXPECTED[who]
    for name, answered in got.items():
        assert answered.status_code != 200 or "<h1" in text(answered), name
    shown = "".join(text(answered) for answered in got.values())
    assert ("1002345678901" in shown) == (who == "claimant")


def test_visitors_see_the_trail_and_are_asked_to_sign_in_for_lists() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([prime(500_000), worker(3_000)])
    answer(key_of(claim, 2))
    visitor = Client(headers={"accept-language": "ko"})
    trail = visitor.get(f"/contracts/{here.number}/trail")
    assert trail.status_code == 200
    assert "김○○" in text(trail)
    assert "김하늘" not in text(trail)
    for path in ("/payments", "/my/payments"):
        assert visitor.get(path).headers["Location"].startswith("/sign-in?")
    for path in (f"/claims/{claim.number}", f"/contracts/{here.number}/claims"):
        assert visitor.get(path).status_code == 404


def link(claim: Claim, position: int = 1) -> str:
    return f"/w/{queries.token_of(leaf(claim, position).pk)}"


def test_a_worker_follows_the_money_on_a_phone_and_says_that_it_came() -> None:
    here = street(accepted=900_000)
    claim = here.file([prime(500_000), worker(3_000, "박산")])
    phone = Client(headers={"accept-language": "ko"})
    where = link(claim, 2)
    page = phone.get(where)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    said = text(page)
    for needed in ("박산", "3,000원", here.contract.title, "한빛건설", "*********8901"):
        assert needed in said
    for hidden in ("500,000", "1002345678901", "110123456789", "로그인"):
        assert hidden not in said
    assert "받았습니다" not in said
    early = phone.post(where, {"said": "received"})
    assert early.status_code == 422
    here.approve(claim)
    here.order(claim)
    answer(claim.number)
    assert "받았습니다" not in text(phone.get(where))
    answer(key_of(claim, 2))
    said = text(phone.get(where))
    for button in ("받았습니다", "못 받았습니다", "금액이 다릅니다"):
        assert button in said
    assert phone.post(where, {"said": "received"}).headers["Location"] == where
    assert [(w.said, w.amount) for w in PayeeWord.objects.all()] == [("received", None)]
    assert "못 받았습니다" not in text(phone.get(where))


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"said": "differs", "amount": "2,900"}, 302, [("differs", 2_900)]),
        ({"said": "differs", "amount": "3,000"}, 422, []),
        ({"said": "differs", "amount": ""}, 422, []),
        ({"said": "differs", "amount": "many"}, 422, []),
        ({"said": "not_received"}, 302, [("not_received", None)]),
        ({"said": "stolen"}, 422, []),
        ({}, 422, []),
    ],
)
def test_what_a_payee_says_is_kept_or_asked_again(
    data: dict[str, str], status: int, words: list[tuple[str, int | None]]
) -> None:
    here = street(accepted=900_000)
    claim = here.instructed([worker(3_000)])
    answer(key_of(claim))
    answered = Client().post(link(claim), data)
    assert answered.status_code == status
    assert [(w.said, w.amount) for w in PayeeWord.objects.all()] == words
    tasks = queries.tasks_for(here.who("payer"), AT)
    assert len(tasks) == len(words)
    if words:
        assert tasks[0].title.startswith("A payee of")
        Client().post(link(claim), data)
        assert PayeeWord.objects.count() == 1
        Client().post(link(claim), {"said": "received"})
        assert queries.tasks_for(here.who("payer"), AT) == []


def test_a_made_up_link_is_not_found() -> None:
    for path in ("/w/x", "/w/" + "a" * 32 + ".b"):
        answered = Client().get(path)
        assert answered.status_code == 404
        assert Client().post(path, {"said": "received"}).status_code == 404


def test_the_link_is_the_authority_whoever_is_signed_in() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([worker(3_000)])
    answer(key_of(claim))
    assert client(here, "checker").post(link(claim), {"said": "received"}).status_code == 302
    assert PayeeWord.objects.count() == 1


def test_every_korean_page_is_wholly_korean() -> None:
    """No English sentence of this stage is left on a Korean page."""
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claim = here.instructed([prime(500_000), under(sub, 200_000), worker(3_000)])
    answer(key_of(claim, 3))
    reject(key_of(claim, 1))
    with translation.override("ko"):
        readers = {
            "claimant": ("claim", "claims", "new", "mine", "trail"), "payer": ("claim", "payments"),
            "hired0": ("claim", "mine"),
        }  # fmt: skip
        for who, names in readers.items():
            reader = client(here, who, "ko")
            for name in names:
                said = text(reader.get(pages(here, claim)[name]))
                main = said[said.index("<main") : said.index("</main>")]
                others = r'<section aria-labelledby="(told|history)".*?</section>'
                main = re.sub(others, "", main, flags=re.S)  # words of other rooms
                words = re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.S)
                english = re.findall(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words)
                assert english == [], (who, name)
        said = text(Client(headers={"accept-language": "ko"}).get(link(claim, 3)))
        words = re.sub(r"<[^>]+>", " ", said[said.index("<main") :], flags=re.S)
        assert re.findall(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words) == []
