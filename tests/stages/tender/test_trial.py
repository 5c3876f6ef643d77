"""Both engines answer generated bids, and an officer reads examples, whatever table is known."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.rules.entry.standard import CODE
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.actions.trial import try_out
from jangteo.stages.tender.models import Draft, Tender, Trial
from jangteo.stages.tender.queries.care import care_problems
from jangteo.stages.tender.queries.rows import draft_row
from tests.stages.tender.agency import POSTED, Agency, kst
from tests.stages.tender.test_entry import enter

pytestmark = pytest.mark.django_db
AMOUNTS = {"base_amount": 22_000_000_000, "a_value": 900_000_000, "base_net_cost": None}
LARGE = AMOUNTS | {
    "estimated_price": 20_000_000_000, "deadline": kst(15, 10, month=1).replace(year=2027),
}  # fmt: skip
ON = date(2026, 12, 1)


def codes(act: Any) -> list[str]:
    with pytest.raises((Refusal, Refusals)) as caught:
        act()
    said = caught.value
    return [one.code for one in (said.refusals if isinstance(said, Refusals) else [said])]


def test_local_works_of_twenty_billion_are_tried_and_shown(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft(**LARGE)
    asked = actions.ask_for_keys(by=town.contract, at=POSTED, number=number)
    assert [one.sets for one in Trial.objects.all()] == [200]
    town.custodians()
    town.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    town.bring_seed(number, asked.scope, at=POSTED)
    town.custodians()
    assert enter(town.opening, number, **AMOUNTS, difficulty="1.00") == ()
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason="푸른시 예규 제12호", **told)
    actions.agree_reason(by=town.opening, at=POSTED, **told)

    def publish() -> Any:
        return actions.publish(by=town.contract, at=POSTED, number=number)

    assert codes(publish) == ["tender.examples.unseen"]
    shown = queries.care_for(town.contract, number, at=POSTED).examples
    assert shown and len(shown.worked) == 3
    assert shown.worked[0].floor == 18_200_945_000
    actions.see_examples(by=town.contract, at=POSTED, number=number, seen=shown.hash)
    assert publish().estimated_price == 20_000_000_000


def _row(agency: Agency, **changed: Any) -> tuple[Draft, Tender, Any]:
    tender = Tender.objects.get(number=agency.draft(**LARGE | changed))
    found = Draft.objects.get(tender=tender)
    return found, tender, draft_row(found, tender)


def test_where_no_table_scores_the_engines_still_answer(agency: Agency) -> None:
    *_, row = _row(agency, floor_rate="81.995", floor_rate_reason="기관의 기준")
    try_out(row, on=ON, at=POSTED)
    assert [one.sets for one in Trial.objects.all()] == [200]
    shown = queries.examples(row, on=ON)
    assert shown and {one.first.code for one in shown.worked} == {"entry.trial.first_by_price"}


def test_two_programs_that_both_refuse_have_not_agreed(agency: Agency) -> None:
    wrong = {"floor_rate": "81.995", "floor_rate_reason": "기준", "a_value": 23_000_000_000}
    found, tender, row = _row(agency, **wrong)
    with pytest.raises(Refusal) as caught:
        try_out(row, on=ON, at=POSTED)
    refusal = caught.value
    assert (refusal.code, refusal.status) == ("tender.trial.unanswered", 409)
    assert (refusal.params["count"], refusal.params["sets"]) == (200, 200)
    assert "A value" in refusal.repair and "제9조" in refusal.law
    assert not Trial.objects.exists()
    said = [one.code for one in care_problems(found, tender, at=POSTED)]
    assert said[-1] == "tender.trial.unanswered"
    assert "tender.examples.unseen" not in said


def test_a_program_that_refuses_all_differs(town: Agency, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "verifier").mkdir()
    script = tmp_path / "verifier" / "jangteo_verify.py"
    script.write_text('def answer(case):\n    return {"refused": "row"}\n')
    settings.ROOT = tmp_path
    number = town.draft(**LARGE)
    ask = partial(actions.ask_for_keys, by=town.contract, at=POSTED, number=number)
    assert codes(ask) == ["tender.trial.differs"]
    assert not Trial.objects.exists()


@pytest.mark.parametrize(
    ("who", "price", "law", "method"),
    [
        (
            "agency", 10_000_000_000, "국가계약법 시행령 제42조제4항제1호",
            "comprehensive evaluation",
        ),
        (
            "town", 30_000_000_000, "지방계약법 시행령 제42조제1항제1호, 제42조의3",
            "comprehensive evaluation of local governments",
        ),
    ],
)  # fmt: skip
def test_works_that_the_law_does_not_screen_are_not_published_as_a_screening(
    who: str, price: int, law: str, method: str, request: pytest.FixtureRequest
) -> None:
    here: Agency = request.getfixturevalue(who)
    own = {"floor_rate": "81.995", "floor_rate_reason": "기관의 기준", "base_net_cost": None}
    terms = own | {"a_value": 600_000_000, "deadline": LARGE["deadline"]}
    number = here.draft(base_amount=price * 11 // 10, estimated_price=price, **terms)
    found = {one.code: one for one in queries.against(_drafted(here, number), at=POSTED)}
    refusal = found["tender.screening.too_large"]
    assert (refusal.law, refusal.field, refusal.params["method"]) == (
        law,
        "estimated_price",
        method,
    )
    assert (refusal.params["limit"], refusal.params["price"]) == (price, price)
    assert "no notice can be published by it here yet" in refusal.repair
    for act in (actions.ask_for_keys, actions.publish):
        said = codes(lambda act=act: act(by=here.contract, at=POSTED, number=number))
        assert "tender.screening.too_large" in said
    assert not Trial.objects.exists()
    less = {"base_amount": (price - 1) * 11 // 10, "estimated_price": price - 1}
    actions.save_draft(by=here.contract, at=POSTED, number=number, changes=less)
    below = [one.code for one in queries.against(_drafted(here, number), at=POSTED)]
    assert "tender.screening.too_large" not in below


def _drafted(here: Agency, number: str) -> Any:
    return queries.draft(here.contract, number)
