"""Who sees what of an award, what desks ask, and what machines get."""

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.actions import issue_token
from jangteo.records.account.queries import Actor
from jangteo.stages.award import queries
from jangteo.stages.award.models import Award, Examination
from tests.stages.award.opened import AT, DAY, FULL, Opened, chairs, opened, refused

pytestmark = pytest.mark.django_db


def verbs(here: Opened, who: str) -> set[str]:
    return set(here.page(who).verbs)


def test_buttons_follow_the_state_and_the_reader() -> None:
    here = opened()
    names = ("officer", "approver", "opener", "bidder0", "head0", "bidder1")
    said = [[verbs(here, who) for who in names]]
    here.call()
    said.append([verbs(here, who) for who in names])
    here.submit()
    said.append([verbs(here, who) for who in names])
    here.do("pass_review", "officer", scores=FULL)
    said.append([verbs(here, who) for who in names])
    here.do("propose", "officer")
    said.append([verbs(here, who) for who in names])
    here.do("confirm", "approver")
    said.append([verbs(here, who) for who in names])
    none: set[str] = set()
    assert said == [
        [none] * 6,
        [{"review"}, none, none, {"submit_papers"}, {"submit_papers", "withdraw"}, none],
        [{"review"}, none, none, none, {"withdraw"}, none],
        [{"propose", "fail"}, none, none, none, {"withdraw"}, none],
        [none, {"confirm", "refuse"}, none, none, none, none],
        [{"ask_annulment"}, {"ask_annulment"}, none, none, none, none],
    ]


def test_papers_scores_and_notes_are_for_the_candidate_and_the_agency() -> None:
    here = opened()
    here.call()
    paper = here.paper(data=b"secret")
    here.do("submit_papers", "bidder0")
    here.do("ask_supplement", "officer", text="도장이 없습니다.")
    for who in ("officer", "approver", "bidder0", "head0"):
        (row,) = here.page(who).candidates
        assert (row.full, row.supplement) == (True, "도장이 없습니다."), who
        assert queries.paper(here.who(who), here.number, paper.pk)[1] == b"secret"
        assert [one.id for one in here.page(who).papers] == [paper.pk]
    for who in ("bidder1", "head2", "opener", "inspector", ""):
        (row,) = here.page(who).candidates
        assert (row.full, row.supplement, dict(row.provisional)) == (False, "", {}), who
        assert here.page(who).papers == ()
        actor = here.who(who) if who else Actor.anyone()
        refused("document.unknown", lambda a=actor: queries.paper(a, here.number, paper.pk), 404)
    visitor = here.client()
    assert visitor.get(f"/tenders/{here.number}/award/papers/{paper.pk}").status_code == 404
    assert visitor.get(f"/documents/{paper.pk}").status_code == 404
    got = here.client("officer").get(f"/tenders/{here.number}/award/papers/{paper.pk}")
    assert (got.status_code, got.content) == (200, b"secret")
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_what_is_only_proposed_is_the_agencys_own_affair() -> None:
    here = opened()
    here.call()
    here.passed()
    here.do("propose", "officer")
    here.do("refuse", "approver", reason="다시 보세요.")
    here.do("propose", "officer")
    assert [row.status for row in here.page("officer").awards] == ["unsuccessful", "pending"]
    for who in ("bidder0", "bidder1", "opener", ""):
        assert here.page(who).awards == (), who
        assert here.page(who).live is None, who


def test_a_trial_of_scores_is_for_the_agency_and_decides_nothing() -> None:
    here = opened()
    refused("award.unknown", lambda: trial(here, "officer"), 404)
    here.call()
    here.submit()
    found = trial(here, "officer", finance="8.6")
    assert (found["total"], found["passes"], found["scores"]) == ("95", True, {"finance": "8.6"})
    assert trial(here, "officer", finance="8.599")["total"] == "95"  # rounded up at the third
    assert trial(here, "officer", finance="8.59")["passes"] is False
    with pytest.raises(Refusals):
        trial(here, "officer")
    for who in ("bidder0", "bidder1", "opener"):
        refused("award.unknown", lambda who=who: trial(here, who, finance="1"), 404)
    assert Examination.objects.get().status == "submitted"
    quoted = chairs()
    quoted.call()
    refused("award.unknown", lambda: trial(quoted, "officer"), 404)


def trial(here: Opened, who: str, **scores: str) -> dict[str, Any]:
    return queries.trial(here.who(who), here.number, scores)


def desk(here: Opened, who: str, at: datetime = AT) -> list[tuple[str, str, str, Any]]:
    rows = queries.tasks_for(here.who(who), at)
    return [(row.title.format(**row.params), row.state, row.who, row.due) for row in rows]


def test_desks_say_what_is_next_with_its_clock() -> None:
    here = opened()
    title = "“복지관 지붕 보수공사”"
    row = here.call()[0]
    assert desk(here, "bidder0") == [
        (f"Hand in the papers for {title}", "todo", "", row.papers_due)
    ]
    waits = (f"{title}: the candidate's papers are due", "waiting", "supplier", row.papers_due)
    assert desk(here, "officer") == [waits] == desk(here, "approver")
    assert desk(here, "bidder1") == desk(here, "opener") == []
    here.submit()
    row.refresh_from_db()
    review = f"Examine the candidate for {title}"
    assert desk(here, "officer") == [(review, "todo", "", row.review_due)]
    assert desk(here, "approver") == [(review, "waiting", "contract_officer", row.review_due)]
    assert desk(here, "bidder0") == [
        (f"{title}: the agency examines you", "waiting", "contract_officer", row.review_due)
    ]
    here.do("pass_review", "officer", scores=FULL)
    assert desk(here, "officer") == [(f"Propose the award of {title}", "todo", "", None)]
    here.do("propose", "officer")
    decide = f"Confirm the award of {title}"
    assert desk(here, "officer") == [(decide, "waiting", "approving_officer", None)]
    assert desk(here, "approver") == [(decide, "todo", "", None)]
    here.do("refuse", "approver", reason="다시")
    assert desk(here, "officer") == [(f"Propose the award of {title}", "todo", "", None)]
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert desk(here, "officer") == desk(here, "approver") == desk(here, "bidder0") == []
    tasks = queries.tasks_for(here.who("officer"), AT)
    assert tasks == []


def test_papers_that_did_not_come_are_the_officers_turn() -> None:
    here = opened()
    row = here.call()[0]
    title, late = "“복지관 지붕 보수공사”", row.papers_due
    assert desk(here, "officer", late) == [(f"Examine the candidate for {title}", "todo", "", late)]
    assert desk(here, "bidder0", late) == [
        (f"{title}: the agency examines you", "waiting", "contract_officer", None)
    ]
    assert desk(here, "officer", late - timedelta(seconds=1))[0][1:3] == ("waiting", "supplier")


@pytest.mark.parametrize(
    ("regime", "law"),
    [("national", "국가계약법 시행령 제42조"), ("local", "지방계약법 시행령 제42조")],
)
def test_each_regime_has_its_own_article(regime: str, law: str) -> None:
    here = opened(regime=regime)
    here.call()
    assert [row.law for row in queries.tasks_for(here.who("officer"), AT)] == [law]
    assert here.page("bidder0").why.law == law


def machine(here: Opened, who: str) -> Client:
    account, party = here.people[who]
    token = issue_token(account_id=account.pk, party_id=party.pk, label="test", at=AT)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def test_machines_do_all_of_it() -> None:
    here = opened()
    here.call()
    url = f"/api/v1/tenders/{here.number}/award"
    bidder, officer, approver = (machine(here, who) for who in ("bidder0", "officer", "approver"))

    def post(who: Client, verb: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
        got = who.post(f"{url}/{verb}", body or {}, content_type="application/json")
        assert got.status_code == status, got.content
        return got.json()

    wrong = post(bidder, "papers", {"title": "a", "data": "?"}, 400)
    assert wrong["error"]["code"] == "award.paper.malformed"
    data = base64.b64encode(b"%PDF").decode()
    found = post(bidder, "papers", {"title": "실적.pdf", "data": data})
    (paper,) = found["papers"]
    assert (paper["title"], paper["size"]) == ("실적.pdf", 4)
    assert officer.get(f"{url}/papers/{paper['id']}").content == b"%PDF"
    assert machine(here, "bidder1").get(f"{url}/papers/{paper['id']}").status_code == 404
    post(bidder, "submit")
    post(officer, "supplement", {"text": "도장"})
    assert officer.get(url).json()["candidates"][0]["supplement"] == "도장"
    post(bidder, "papers", {"title": "도장.pdf", "data": data})
    Examination.objects.update(papers_at=AT - DAY)
    post(bidder, "submit")
    missing = post(officer, "review", {"passed": True}, 422)
    assert "award.score.missing" in str(missing)
    found = post(officer, "review", {"passed": True, "scores": {"finance": "10"}})
    (row,) = found["candidates"]
    assert (row["status"], row["score"], row["pass_mark"]) == ("passed", "96.4", "95")
    assert [step["law"] != "" for step in row["steps"]] == [True] * 3
    assert row["items"] == {"finance": "10"}
    post(officer, "propose")
    assert post(officer, "confirm", status=403)["error"]["code"] == "award.confirm.forbidden"
    post(approver, "refuse", {"text": "다시"})
    post(officer, "propose")
    found = post(approver, "confirm")
    (award,) = [one for one in found["awards"] if one["status"] == "active"]
    assert (award["value"], found["status"]) == (97_908_840, "awarded")
    seen = Client().get(url).json()
    assert [one["status"] for one in seen["awards"]] == ["active"]
    assert [(one["score"], one["steps"], one["items"]) for one in seen["candidates"]] == [
        ("", [], {})
    ]
    assert seen["papers"] == []
    assert machine(here, "bidder1").get(url).json()["why"].startswith("You are number 2 in rank.")
    assert post(approver, "annul", status=409)["error"]["code"] == "award.annul.nobody"
    found = post(officer, "annulment", {"cause": "gave_up", "reason": "포기"})
    assert (found["annulment"]["cause"], found["status"]) == ("gave_up", "awarded")
    assert Client().get(url).json()["annulment"] is None
    assert post(approver, "annul", status=409)["error"]["code"] == "award.annul.not_this"
    found = post(approver, "annul", {"digest": found["annulment"]["digest"]})
    assert found["annulment"] is None
    assert [one["status"] for one in found["candidates"]] == ["passed", "called"]
    found = post(machine(here, "head1"), "withdraw")
    assert [one["status"] for one in found["candidates"]] == ["passed", "withdrawn", "called"]
    found = post(officer, "review", {"passed": False, "ground": "disqualified", "note": "부도"})
    assert found["candidates"][-1]["ground"] == "disqualified"
    assert found["status"] == "unsuccessful"
    assert Award.objects.count() == 2


def test_a_stranger_machine_gets_no_award_where_there_is_none() -> None:
    here = opened((), outcome="failed", code="opening.failed.none_inside")
    got = Client().get(f"/api/v1/tenders/{here.number}/award")
    assert (got.status_code, got.json()["error"]["code"]) == (404, "award.unknown")
    assert Client().post(f"/api/v1/tenders/{here.number}/award/propose").status_code == 401
    with pytest.raises(Refusal):
        here.page("officer")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_lead_each_reader_on(language: str) -> None:
    here = opened()
    here.awarded()
    url, new = f"/tenders/{here.number}/award", f"/contracts/new/{here.number}"
    for who in ("officer", "approver", "opener", "bidder0", "bidder1", ""):
        got = here.client(who, language).get(url)
        assert got.status_code == 200, who
        assert (new in got.content.decode()) == (who == "officer"), who
        allowed = here.client(who, language).get(new).status_code
        assert allowed == (200 if who == "officer" else 404), who
