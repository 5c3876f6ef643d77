"""Outside a sandbox every row that a notice is judged by is heard; none is listed by hand."""

import ast
from dataclasses import replace
from typing import Any

import pytest

from jangteo.ground.errors import Refusals
from jangteo.rules import dated
from jangteo.rules.entry.standard import CODE
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.queries.rests import hearing, rests_on
from tests.architecture.source import module_name, python_files, tree
from tests.stages.tender.agency import POSTED, Agency, kst

pytestmark = pytest.mark.django_db
NAMED = "푸른시 소액수의 견적 기준(푸른시 예규 제3호) 제4조"
#: asked when a notice goes out, yet none of its terms: how carefully it was entered, by what is
#: stated of provinces and assumed of the tax
CARE = {"entry/care", "entry/limits", "entry/words", "price/vat", "eligibility/regions"}
QUOTATION: dict[str, Any] = {
    "procedure": "quotation", "base_amount": 165_000_000, "estimated_price": 150_000_000,
    "a_value": 0, "licences": ["0001"], "regions": ["41", "43", "44"], "deadline": kst(8, 10),
}  # fmt: skip


def asked(agency: Agency, number: str) -> list[str]:
    """The rows of the finding, without their values; nothing if there is none."""
    row = queries.care_for(agency.contract, number, at=POSTED)
    found = [one.finding.params["rows"] for one in row.doubts if one.finding.code == CODE]
    return [one.partition(" ")[0] for text in found for one in text.split("; ")]


def tables(rows: set[str]) -> set[str]:
    return {one.partition(":")[0] for one in rows}


def test_a_period_and_a_regional_limit_nobody_read_ask_for_two(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft(**QUOTATION)
    assert asked(town, number) == [
        "deadline/notice_period:local-quotation", "eligibility/region_limit:local-quotation-2014",
    ]  # fmt: skip
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason=NAMED, **told)
    with pytest.raises(Refusals) as caught:
        actions.publish(by=town.contract, at=POSTED, number=number)
    assert CODE in [one.code for one in caught.value.refusals]
    town.custody(number)
    assert actions.publish(by=town.contract, at=POSTED, number=number).version == 0
    assert queries.own_standard_named(number) == "설계서와 대조함"


def test_a_practice_world_publishes_the_same_without_a_standard(town: Agency) -> None:
    number = town.draft(**QUOTATION)
    assert asked(town, number) == []
    town.custody(number)
    assert actions.publish(by=town.contract, at=POSTED, number=number).version == 0


def test_a_trade_code_is_asked_about_one_by_one(agency: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    assert asked(agency, agency.draft(licences=["0001"])) == []
    assert asked(agency, agency.draft(licences=["0001", "0002"])) == ["eligibility/licences:0002"]


def test_a_threshold_is_asked_about_only_where_the_period_hangs_on_it(
    town: Agency, settings: Any
) -> None:
    settings.SANDBOX = False
    large = town.draft(
        base_amount=6_600_000_000, estimated_price=6_000_000_000, a_value=240_000_000,
        licences=["0001"], deadline=kst(15, 10, month=1),
    )  # fmt: skip
    assert "deadline/international:local-works-2026" in asked(town, large)
    small = town.draft(licences=["0001"])
    assert tables(set(asked(town, small))) == {"award/screening"}


def test_an_urgent_case_by_another_row_asks_anew(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft(**QUOTATION)
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason=NAMED, **told)
    actions.agree_reason(by=town.opening, at=POSTED, **told)

    def state() -> list[str]:
        found = queries.care_for(town.contract, number, at=POSTED).doubts
        return [one.state for one in found if one.finding.code == CODE]

    assert state() == ["answered"]
    changes = {"regions": []}
    actions.save_draft(by=town.contract, at=POSTED, number=number, changes=changes)
    assert asked(town, number) == ["deadline/notice_period:local-quotation"]
    assert state() == ["open"]


@pytest.mark.parametrize("changed", [{"licences": ["0001"]}, QUOTATION])
def test_an_assumed_row_planted_in_any_table_asked_is_asked_about(
    changed: dict[str, Any], agency: Agency, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SANDBOX = False
    number = agency.draft(**changed | ({"regions": ["41"]} if "regions" in changed else {}))
    row = queries.draft(agency.contract, number)
    rows, scored = rests_on(row, on=POSTED.date())
    assert scored and asked(agency, number) == [] and len(rows) > 12
    assert {"deadline/notice_period", "deadline/window", "award/competition"} < tables(rows)
    for name in tables(rows):
        its = dated.table(name)
        planted = tuple(replace(one, sure="assumed") for one in its.rows)
        with monkeypatch.context() as one:
            one.setitem(dated._drafts, name, replace(its, rows=planted))
            assert tables(set(asked(agency, number))) == {name}


@pytest.mark.parametrize("changed", [{"licences": ["0001"]}, QUOTATION])
def test_what_publishing_asks_beside_is_care_only(changed: dict[str, Any], town: Agency) -> None:
    number = town.draft(**changed)
    town.custody(number)
    rows, _ = rests_on(queries.draft(town.contract, number), on=POSTED.date())
    with hearing() as heard:
        actions.publish(by=town.contract, at=POSTED, number=number)
    assert {"deadline/notice_period", "entry/care"} < tables(heard)
    assert tables(heard) - tables(rows) <= CARE


def test_no_rule_keeps_its_rows_to_itself() -> None:
    """A function that remembers its answers, or takes a row out of a list, would not be heard."""
    silent = set()
    for path in python_files():
        name = module_name(path)
        if name.startswith(("jangteo.rules.", "jangteo.stages.tender.")):
            found = [one for one in ast.walk(tree(path)) if isinstance(one, ast.FunctionDef)]
            silent |= {f"{name}.{one.name}" for one in found if any(map(_silent, ast.walk(one)))}
    assert silent == {
        "jangteo.rules.calendar.almanac",  # no dated table: the frozen holidays
        "jangteo.rules.price.preliminary._thousandths",  # asks no table
        "jangteo.rules.price.preliminary.strata",  # its row stands in the notice's own rows
        "jangteo.rules.award.case._matching",  # its rows are among the parameters of the trial
        "jangteo.rules.award.screening.multiplied",  # what the form says of other amounts
        "jangteo.rules.eligibility.licence.licences",  # a list to choose from
        "jangteo.rules.eligibility.region.regions",  # the same
        "jangteo.rules.entry.words._about",  # care, no term
        "jangteo.rules.price.infer._cells",  # for results of others
        "jangteo.stages.tender.queries.choices.unit_choices",  # a list to choose from
        "jangteo.rules.dated._installed", "jangteo.rules.gaps._in_amounts",
    }  # fmt: skip


def _silent(node: ast.AST) -> bool:
    listed = isinstance(node, ast.Attribute) and node.attr == "all_on"
    return listed or (isinstance(node, ast.Name) and node.id in ("cache", "lru_cache"))
