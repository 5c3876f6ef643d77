"""A score is computed by both engines: where they differ the candidate is on hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction

from jangteo.config import timetable
from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.stages.award import queries
from jangteo.stages.award.models import Award, Calculation, Review
from jangteo.stages.award.states import GROUNDS
from tests.stages.award.opened import (
    AT,
    DAY,
    FULL,
    PRICES,
    Opened,
    chairs,
    hear,
    kinds,
    opened,
    read,
    refused,
)
from tests.stages.award.test_reading import machine

pytestmark = pytest.mark.django_db

#: the formula of the price's points in the verifier, and one that gives a point too many
FORMULA = "price = max(weight - k * abs(basis - ratio * 100), least)"
WHY = "검증 프로그램의 가격점수 계산식을 고쳤습니다."
OURS = {"price": "86.4", "others": "10", "total": "96.4", "passes": "yes"}
THEIRS = {"price": "87.4", "others": "10", "total": "97.4", "passes": "yes"}
Plant = Callable[[], Any]


@pytest.fixture
def planted(tmp_path: Path, settings: Any) -> Plant:
    """Within it the verifier's file has another formula."""
    source = (Path(configured.ROOT) / "verifier" / "jangteo_verify.py").read_text()
    assert source.count(FORMULA) == 1
    (tmp_path / "verifier").mkdir()
    (tmp_path / "verifier" / "jangteo_verify.py").write_text(
        source.replace(FORMULA, FORMULA + " + 1")
    )
    return lambda: rooted(settings, tmp_path)


@contextmanager
def rooted(settings: Any, root: Path) -> Iterator[None]:
    before, settings.ROOT = configured.ROOT, root
    try:
        yield
    finally:
        settings.ROOT = before


def both() -> list[tuple[str, dict[str, str], dict[str, str], str]]:
    """(what, ours, theirs, why) of every calculation, oldest first."""
    rows = Calculation.objects.order_by("id")
    return [(row.what, row.ours, row.theirs, row.why) for row in rows]


def ask(here: Opened, who: str = "officer") -> None:
    here.do("ask_reopening", who, AT + DAY, reason=WHY, supplier=here.identifier(0))


def again(here: Opened, who: str = "approver") -> Any:
    return here.do("compute_again", who, AT + 2 * DAY, supplier=here.identifier(0))


def test_both_engines_compute_every_score_and_the_award_names_what_they_found() -> None:
    here = opened()
    here.awarded()
    assert both() == [("provisional", OURS, OURS, ""), ("review", OURS, OURS, "")]
    made = Award.objects.get()
    assert made.found_by_rules == made.found_by_verifier != ""
    told = machine(here, "approver").get(f"/api/v1/tenders/{here.number}/award").json()
    (seen,) = told["candidates"]
    assert [(one["what"], one["same"], one["theirs"]) for one in seen["calculations"]] == [
        ("provisional", True, OURS), ("review", True, OURS),
    ]  # fmt: skip
    own = machine(here, "bidder0").get(f"/api/v1/tenders/{here.number}/award").json()
    assert [one["calculations"] for one in own["candidates"]] == [[]]


def test_another_score_gives_another_hash_and_the_same_score_the_same() -> None:
    here, found = opened(PRICES[:2]), []
    here.call()
    for finance in ("10", "9", "10"):
        here.passed(finance=finance)
        found.append(here.do("propose", "officer").found_by_rules)
        here.do("refuse", "approver", reason="다시 봅니다.")
        one = {"supplier": here.identifier(0)}
        here.do("fail_review", "officer", ground="disqualified", note="부도", **one)
        if len(found) == 1:
            here.do("withdraw", "head1")
        here.do("ask_reopening", "officer", reason="착오", **one)
        here.do("reopen", "approver", **one)
    assert found[0] == found[2] != found[1]


def test_the_words_come_before_the_hashes() -> None:
    here = opened()
    here.call()
    here.passed()
    made, url = here.do("propose", "officer"), f"/tenders/{here.number}/award"
    for language, said in (("ko", "두 계산이 같습니다."), ("en", "Both calculations agree.")):
        page = here.client("approver", language).get(url).content.decode()
        assert 0 < page.index(said) < page.index(made.found_by_rules)
    here.do("confirm", "approver")
    page = here.client("", "ko").get(url).content.decode()
    assert 0 < page.index("두 계산이 같습니다.") < page.index(made.found_by_verifier)


def test_a_different_provisional_score_stops_the_call(planted: Plant) -> None:
    here = opened()
    with planted():
        (row,) = here.call()
    assert (row.status, row.papers_due, here.states()) == ("hold", None, [(1, "hold")])
    assert both() == [("provisional", OURS, THEIRS, "")]
    assert kinds(here.number)[-2:] == ["examination.call_next", "examination.hold"]
    told = Entry.objects.get(kind="examination.hold")
    assert told.payload == {"what": "provisional", "why": "differs"}
    hear("examination.call_next")
    hear("examination.hold")
    assert here.inbox("bidder0") == []
    assert here.inbox("officer") == [
        "“복지관 지붕 보수공사”: two calculations of a score differ; nothing is decided."
    ]
    nothing_is_decidable(here)
    refused("award.papers.not_now", here.paper, 409)
    here.call()
    assert here.states() == [(1, "hold")], "the next in rank waits"


def nothing_is_decidable(here: Opened) -> None:
    """All but a failure on a ground of exclusion is refused; see test_excluded_on_hold.py."""
    one = {"supplier": here.identifier(0)}
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    gone = "examination.pass_review.not_now"
    refused(gone, lambda: here.do("pass_review", "officer", scores=FULL, **one), 409)
    for ground in sorted({*GROUNDS, ""} - {"disqualified"}):
        said = {"ground": ground, "note": "부도", "scores": FULL} | one
        refused("award.fail.ground", lambda fail=said: here.do("fail_review", "officer", **fail))
    assert not (Award.objects.exists() or Review.objects.exists())


def test_a_different_score_of_the_review_stops_it_whether_it_passes_or_fails(
    planted: Plant,
) -> None:
    for verb, given in (
        ("pass_review", {"scores": FULL}),
        ("fail_review", {"ground": "score", "note": "", "scores": {"finance": "2"}}),
    ):
        here = opened()
        here.call()
        here.submit()
        with planted():
            row = here.do(verb, "officer", **given)
        assert (row.status, here.states()) == ("hold", [(1, "hold")]), verb
        what, ours, theirs, why = both()[-1]
        assert (what, why) == ("review", "")
        assert float(theirs["total"]) == float(ours["total"]) + 1
        assert kinds(here.number)[-1] == "examination.hold"
        nothing_is_decidable(here)
        assert "is computed twice" not in here.why("bidder1")
        assert here.why("bidder0").startswith("Your score was computed twice and the answers dif")


def test_a_verifier_that_gives_no_answer_stops_it_too(tmp_path: Path, settings: Any) -> None:
    here = opened()
    here.call()
    here.submit()
    with rooted(settings, tmp_path):
        here.do("pass_review", "officer", scores=FULL)
    assert both()[-1] == ("review", OURS, {}, "missing")
    assert Entry.objects.get(kind="examination.hold").payload["why"] == "missing"
    nothing_is_decidable(here)
    page = here.client("officer").get(f"/tenders/{here.number}/award").content.decode()
    assert "The second calculation gave no score." in page and "96.4" in page


def test_two_people_have_it_computed_again_and_the_review_goes_on(planted: Plant) -> None:
    here = opened()
    here.call()
    here.submit()
    with planted():
        here.do("pass_review", "officer", scores=FULL)
        refused("award.reopen.nobody", lambda: again(here), 409)
        ask(here)
        assert again(here).status == "hold"
    assert [one[2] for one in both()] == [OURS, THEIRS, THEIRS], "it still differs: it stays"
    refused("award.reopen.nobody", lambda: again(here), 409)
    ask(here)
    row = again(here)
    assert (row.status, both()[-1]) == ("submitted", ("review", OURS, OURS, ""))
    assert kinds(here.number)[-2:] == ["examination.compute_again", "examination.resume_review"]
    assert not Review.objects.exists(), "what was computed again decides nothing by itself"
    here.do("pass_review", "officer", scores=FULL)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert Award.objects.get().status == "active"


def test_a_call_on_hold_begins_when_both_agree(planted: Plant) -> None:
    here = opened()
    with planted():
        here.call()
    ask(here)
    row = again(here)
    assert (row.status, row.called_at) == ("called", AT + 2 * DAY)
    assert row.papers_due is not None and row.papers_due > AT + 2 * DAY
    hear("examination.resume_call")
    assert here.inbox("bidder0") == [
        "“복지관 지붕 보수공사”: you are examined for the award. See what is due."
    ]
    here.passed()
    assert here.states() == [(1, "passed")]


def test_who_proves_hopeless_after_a_hold_makes_way_for_the_next(planted: Plant) -> None:
    here = opened((97_300_000, 97_908_840))
    with planted():
        here.call()
    assert here.states() == [(1, "hold")]
    ask(here)
    again(here)
    assert here.states() == [(1, "failed"), (2, "called")]
    assert Review.objects.get().ground == "score"
    for kind in sorted(set(kinds(here.number)) & set(timetable.LISTENERS)):
        hear(kind)
    assert [one for one in here.inbox("bidder0") if "examin" in one] == [
        "“복지관 지붕 보수공사”: you did not pass the examination; see why."
    ], "nobody is told to hand papers in who failed in the same breath"
    assert here.inbox("bidder1")[-1] == (
        "“복지관 지붕 보수공사”: you are examined for the award. See what is due."
    )


def test_one_person_alone_computes_nothing_again(planted: Plant) -> None:
    here = opened()
    with planted():
        here.call()
    account, buyer = here.people["officer"]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role="approving_officer",
        since=now() - DAY,
    )  # fmt: skip
    ask(here)
    refused("award.reopen.asked", lambda: ask(here), 409)
    refused("award.reopen.same_person", lambda: again(here, "officer"), 409)
    assert "compute_again" not in here.page("officer").verbs
    refused("examination.compute_again.forbidden", lambda: here.do("compute_again", "head0"), 403)
    refused("award.unknown", lambda: again(here, "opener"), 404)
    refused("examination.reopen.not_now",
            lambda: here.do("reopen", "approver", supplier=here.identifier(0)), 409)  # fmt: skip
    assert (here.states(), Calculation.objects.count()) == ([(1, "hold")], 1)
    desk = [one.title for one in queries.tasks_for(here.who("approver"), AT + DAY)]
    assert "Confirm that a score for “{title}” is computed again" in desk


def test_the_database_takes_no_award_while_the_last_two_answers_differ() -> None:
    here = opened()
    here.call()
    here.passed()
    row = Calculation.objects.order_by("-id")[0].examination
    same = {"examination": row, "what": "review", "at": AT}
    Calculation.objects.create(**same, ours=OURS, theirs=THEIRS)
    refused("award.propose.not_verified", lambda: here.do("propose", "officer"), 409)
    with pytest.raises(IntegrityError, match="calculations of the score"), transaction.atomic():
        by_hand(here, row)
    Calculation.objects.create(**same, ours=OURS, theirs=OURS)
    here.do("propose", "officer")
    Calculation.objects.create(**same, ours=OURS, theirs={}, why="timeout")
    with pytest.raises(IntegrityError, match="calculations of the score"), transaction.atomic():
        Award.objects.update(
            status="active", confirmed_by=here.who("approver").account_id, confirmed_at=AT
        )
    refused("award.propose.not_verified", lambda: here.do("confirm", "approver"), 409)
    assert Award.objects.get().status == "pending"


NONE: list[dict[str, Any]] = []
FAILS = OURS | {"passes": "no"}


@pytest.mark.parametrize(
    ("kept", "counts"),
    [
        (NONE, False),
        ([{"what": "provisional", "ours": OURS, "theirs": OURS}], False),
        ([{"what": "review", "ours": FAILS, "theirs": FAILS}], False),
        ([{"what": "review", "ours": OURS, "theirs": OURS},
          {"what": "provisional", "ours": OURS, "theirs": OURS}], False),
        ([{"what": "review", "ours": OURS, "theirs": OURS}], True),
    ],
)  # fmt: skip
def test_the_database_lets_no_award_into_force_without_a_passing_review(
    kept: list[dict[str, Any]], counts: bool
) -> None:
    here = opened()
    here.call()
    here.passed()
    row = Calculation.objects.order_by("-id")[0].examination
    Calculation.objects.all().delete()
    for one in kept:
        Calculation.objects.create(examination=row, at=AT, **one)
    by_hand(here, row)
    said = {"confirmed_by": here.who("approver").account_id, "confirmed_at": AT}
    try:
        with transaction.atomic():
            Award.objects.update(status="active", **said)
    except IntegrityError as wall:
        assert not counts and "without a passing score" in str(wall)
    assert Award.objects.get().status == ("active" if counts else "pending")


def by_hand(here: Opened, row: Any) -> None:
    Award.objects.create(
        tender=row.tender, tender_number=here.number, buyer=row.buyer, supplier=row.supplier,
        examination=row, status="pending", value=row.amount, bundle_hash=row.bundle_hash,
        found_by_rules="1" * 64, found_by_verifier="1" * 64, proposed_at=AT,
        proposed_by=here.who("officer").account_id,
    )  # fmt: skip


def test_the_page_shows_both_to_the_agency_and_leads_out_of_the_hold(planted: Plant) -> None:
    here = opened()
    here.call()
    here.submit()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    officer, approver = here.client("officer"), here.client("approver")
    with planted():
        tried = officer.post(f"{url}/score", one | FULL).content.decode()
        assert "Put the examination on hold" in tried and "The candidate passes" not in tried
        assert here.states() == [(1, "submitted")], "a trial writes nothing"
        assert officer.post(f"{url}/pass", one | FULL).status_code == 302
    for who in (officer, approver):
        shown = who.get(url).content.decode()
        assert "86.4" in shown and "87.4" in shown and "97.4" in shown
        assert "Differs" in shown
    for hidden in (here.client("bidder0"), here.client("bidder1"), here.client()):
        assert "87.4" not in hidden.get(url).content.decode()
    korean = here.client("officer", "ko").get(url).content.decode()
    assert "두 계산이 다릅니다" in korean
    assert "Confirm: compute again" not in approver.get(url).content.decode()
    assert officer.post(f"{url}/again", {**one, "reason": WHY}).status_code == 302
    assert "Confirm: compute again" not in officer.get(url).content.decode()
    assert "Confirm: compute again" in approver.get(url).content.decode()
    assert officer.post(f"{url}/compute", one).status_code == 403
    assert approver.post(f"{url}/compute", one).status_code == 409, "it says not what was read"
    one["digest"] = read(here.number, "compute_again")
    assert approver.post(f"{url}/compute", one).status_code == 302
    assert here.states() == [(1, "submitted")]


def test_machines_see_the_hold_and_end_it(planted: Plant) -> None:
    here = opened()
    here.call()
    here.submit()
    url, json = f"/api/v1/tenders/{here.number}/award", "application/json"
    officer, approver = machine(here, "officer"), machine(here, "approver")
    with planted():
        got = officer.post(f"{url}/review", {"passed": True, "scores": FULL}, content_type=json)
    (row,) = got.json()["candidates"]
    assert (got.status_code, row["status"]) == (200, "hold")
    assert (row["calculations"][-1]["ours"], row["calculations"][-1]["theirs"]) == (OURS, THEIRS)
    assert row["calculations"][-1]["same"] is False
    officer.post(f"{url}/reopening", {"text": WHY}, content_type=json)
    (wish,) = approver.get(url).json()["wishes"]
    assert (wish["verb"], wish["reason"], wish["ended"]) == ("compute_again", WHY, "")
    got = approver.post(f"{url}/compute", {}, content_type=json)
    assert (got.status_code, got.json()["error"]["code"]) == (409, "award.reopen.not_this")
    got = approver.post(f"{url}/compute", {"digest": wish["digest"]}, content_type=json)
    assert (got.status_code, got.json()["candidates"][0]["status"]) == (200, "submitted")


def test_where_nothing_is_scored_the_opening_alone_is_named() -> None:
    here = chairs()
    here.call()
    here.do("pass_review", "officer", scores={})
    made = here.do("propose", "officer")
    assert (made.found_by_rules, Calculation.objects.count()) == (made.found_by_verifier, 0)
