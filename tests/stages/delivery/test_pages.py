"""Every page of a delivery as each of its readers meets it, in both languages."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from jangteo.ground.clock import KST
from jangteo.records.journal.queries import now
from jangteo.stages.delivery.models import Acceptance, Delivery, Finding, Inspection
from tests.stages.delivery.works import AT, DAY, TODAY, VALUE, Works, works
from tests.stages.payment.street import supplier

pytestmark = pytest.mark.django_db


def client(here: Works, who: str, language: str = "en") -> Client:
    found = Client(headers={"accept-language": language})
    found.force_login(here.street.accounts[who])
    return found


def text(answered: Any) -> str:
    plain = re.sub(r"<(script|style).*?</\1>", " ", answered.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def path(here: Works, verb: str = "") -> str:
    return f"/contracts/{here.number}/delivery" + (f"/{verb}" if verb else "")


def test_works_go_from_start_to_completion_by_pages() -> None:
    here = works(started=False)
    builder, inspector = client(here, "claimant"), client(here, "inspector")
    page = builder.get(path(here))
    assert "Begin the works" in text(page)
    assert "The contract runs from Sun 1 Nov 2026 to Wed 31 Mar 2027." in text(page)
    assert builder.post(path(here, "start"), {"started_on": "2026-11-02"}).status_code == 302
    assert "KRW 100,000,000 are not accepted yet" in text(builder.get(path(here)))
    sent = {"kind": "progress", "amount": "30,000,000", "done_on": "2026-11-20", "note": "골조"}
    asked = builder.post(path(here, "request"), sent)
    assert asked.headers["Location"] == path(here)
    page = inspector.get(path(here))
    assert "Inspect what was notified Part that is done · KRW 30,000,000 · done on" in text(page)
    assert "골조" in text(page)
    assert "Withdraw the notice" not in text(page)
    mend = {"correction-note": "균열 보수", "correction-mend_by": "2099-12-04"}
    assert inspector.post(path(here, "order_correction"), mend).status_code == 302
    page = builder.get(path(here))
    assert "Mend what was found, then notify it 균열 보수" in text(page)
    today = Inspection.objects.get().findings.get().at.astimezone(KST).date().isoformat()
    again = {"again-done_on": today, "again-note": "다시 시공"}
    assert builder.post(path(here, "request_again"), again).status_code == 302
    assert "Found before, mended since: 균열 보수" in text(inspector.get(path(here)))
    assert inspector.post(path(here, "accept"), {"accept-note": ""}).status_code == 302
    done = {"kind": "completion", "amount": "", "done_on": today, "note": ""}
    assert builder.post(path(here, "request"), done).status_code == 302
    assert inspector.post(path(here, "accept"), {"accept-note": "이상 없음"}).status_code == 302
    page = text(builder.get(path(here)))
    assert "All works are accepted." in page
    assert "Not accepted yet KRW 0" in page
    assert "이상 없음" in page
    assert [one.total for one in Acceptance.objects.order_by("total")] == [30_000_000, VALUE]
    assert Delivery.objects.get().status == "completed"


def test_refusals_stand_at_their_fields_with_what_was_typed() -> None:
    here = works()
    builder, inspector = client(here, "claimant"), client(here, "inspector")
    sent = {"kind": "progress", "amount": "100,000,001", "done_on": "2026-11-20", "note": "골조"}
    page = builder.post(path(here, "request"), sent)
    assert page.status_code == 422
    assert "At most 100,000,000 won are left" in text(page)
    assert "(국가계약법 제14조, 시행령 제55조; 지방계약법 제17조, 시행령 제64조)" in text(page)
    assert "골조" in text(page)
    page = builder.post(path(here, "request"), {**sent, "kind": "", "amount": "x"})
    assert (page.status_code, "Enter whole won" in text(page)) == (422, True)
    here.request()
    page = builder.post(path(here, "request"), {**sent, "amount": "1"})
    assert (page.status_code, "already asked for" in text(page)) == (409, True)
    empty = {"correction-note": "", "correction-mend_by": ""}
    page = inspector.post(path(here, "order_correction"), empty)
    assert page.status_code == 422
    assert '<details class="jt-more" open>' in page.content.decode()
    late = {"correction-note": "x", "correction-mend_by": "2020-01-01"}
    assert "The day lies in the past" in text(inspector.post(path(here, "order_correction"), late))
    page = client(here, "checker").post(path(here, "accept"), {})
    assert (page.status_code, "You may not do this here." in text(page)) == (403, True)
    assert (Inspection.objects.get().status, Finding.objects.count()) == ("requested", 0)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_reader_sees_what_is_theirs_to_do(language: str) -> None:
    here = works()
    here.request()
    accept = "Accept the works" if language == "en" else "합격으로 처리하기"
    withdraw = "Withdraw the notice" if language == "en" else "이행 통지 철회하기"
    seen = {}
    for who in ("claimant", "agent", "inspector", "checker", "payer"):
        page = client(here, who, language).get(path(here))
        assert page.status_code == 200
        seen[who] = (accept in text(page), withdraw in text(page))
    assert seen == {
        "claimant": (False, True), "agent": (False, False), "inspector": (True, False),
        "checker": (False, False), "payer": (False, False),
    }  # fmt: skip


def test_nobody_else_gets_in_and_404_is_the_same_for_what_is_not_there() -> None:
    here, there = works(), works()
    here.street.hire(1_000_000)
    here.street.add("other", "representative", supplier("다른건설"))
    nowhere = "/contracts/R26TA00000000/delivery"
    for reader in (
        Client(headers={"accept-language": "en"}), client(here, "hired0"), client(here, "other"),
        client(there, "inspector"), client(there, "claimant"),
    ):  # fmt: skip
        shut, gone = reader.get(path(here)), reader.get(nowhere)
        assert (shut.status_code, gone.status_code) == (404, 404)
        assert "There is no such contract." in text(shut)
        assert "복지관" not in text(shut)
        assert reader.post(path(here, "accept"), {}).status_code == 404
    assert client(here, "inspector").get(path(here, "accept")).status_code == 405


def test_the_contract_links_its_delivery_for_its_sides_only() -> None:
    here = works()
    link = f'href="{path(here)}"'
    listed = client(here, "inspector").get("/contracts").content.decode()
    assert 'href="/inspections"' in listed
    assert link in client(here, "claimant").get(f"/contracts/{here.number}").content.decode()
    outside = Client().get(f"/contracts/{here.number}")
    assert outside.status_code == 200
    assert link not in outside.content.decode()


def test_the_list_of_inspections() -> None:
    here = works()
    page = text(client(here, "inspector").get("/inspections"))
    assert "Nothing is to be inspected." in page
    here.request(12_345_678)
    page = text(client(here, "inspector").get("/inspections"))
    assert "To be inspected" in page
    assert "KRW 12,345,678" in page
    assert "Inspect" in page
    here.mend("x", date(2026, 11, 24), at=AT)
    page = text(client(here, "claimant").get("/inspections"))
    assert "Being mended by the supplier" in page
    assert "Past due" in page
    assert Client().get("/inspections").headers["Location"].startswith("/sign-in")
    stranger = text(client(works(), "inspector").get("/inspections"))
    assert "12,345,678" not in stranger


def test_a_late_delivery_shows_its_damages_and_why() -> None:
    here = works()
    here.change(ends=TODAY - 10 * DAY)
    here.request(VALUE, "completion")
    page = text(client(here, "checker").get(path(here)))
    assert "Damages for delay so far" in page
    assert "KRW 500,000 · 10 days after the contract's last day, Sat 14 Nov 2026" in page
    assert "100,000,000 won × 0.5/1000 × 10 days" in page
    assert (
        "Enforcement Decree of the Local Contracts Act, Article 90(1) to paragraph 3, "
        "Enforcement Rule, Article 75 item 1"
    ) in page


def test_what_is_late_is_said_first() -> None:
    here = works()
    here.request(at=now())
    assert "has passed" not in text(client(here, "inspector").get(path(here)))
    Inspection.objects.update(due=AT)
    late = "The last day for this inspection has passed. Inspect it at once"
    assert late in text(client(here, "inspector").get(path(here)))
    here.mend("x", TODAY)
    assert "The last day for mending has passed." in text(client(here, "claimant").get(path(here)))
