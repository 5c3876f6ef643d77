"""The score of a candidate, before the papers and with the officer's figures, as stored."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_, Fault, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.ground.rounding import decimal_text
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import Score, Scoring
from jangteo.stages.award.queries.twice import twice
from jangteo.stages.opening.queries import ResultRow
from jangteo.stages.tender.queries import NoticeRow

PLACES = 3


def score_text(value: Fraction) -> str:
    """A score as people write it, with as many decimals as it needs: "96.4", "95"."""
    for places in range(10):
        if (value * 10**places).denominator == 1:
            return decimal_text(value, places)
    return str(value)


def _asked(scoring: Scoring, told: NoticeRow) -> dict[str, Any]:
    category = scoring.category(told.category, told.licences, on=told.rule_day)
    return {
        "estimated_price": told.estimated_price, "regime": told.regime, "category": category,
        "on": told.rule_day, "difficulty": told.difficulty,
    }  # fmt: skip


def offer_of(
    scoring: Scoring, told: NoticeRow, reserve_price: int | None, amount: int
) -> dict[str, Any]:  # fmt: skip
    """What a candidate's score is computed from, as `rules.award.method.Offer` names it."""
    price = {"amount": amount, "reserve_price": reserve_price, "a_value": told.a_value or 0}
    return price | _asked(scoring, told)


def provisional(
    told: NoticeRow, found: ResultRow, amount: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """The score with all other items at full marks, as stored, and the rows it rests on.

    Without "total" where the award method asks for none or no rule is known; the steps say so.
    "twice": what both engines say of it, see `twice`.
    """
    scoring = METHODS[told.award_method].scoring
    if scoring is None:
        return {}, {}
    try:
        given = offer_of(scoring, told, found.reserve_price, amount)
        score = scoring.provisional(**given)
        rows = scoring.items(**_asked(scoring, told))
    except Refusal as no:
        return {"steps": [Reason(no.code, no.text, no.params, no.law).as_json()]}, {}
    items = [{"code": one.code, "text": one.text, "full": score_text(one.full)} for one in rows]
    both = twice(scoring, score, amount=amount, found=found, scores=None, offer=given)
    kept = {**_stored(score), "items": items, "extras": _extras(scoring, told), "twice": both}
    return kept, dict(score.rules)


def _extras(scoring: Scoring, told: NoticeRow) -> list[dict[str, str]]:
    """The items that may be left out, as stored; least: how far below zero."""
    return [
        {"code": one.code, "text": one.text, "least": score_text(one.least),
         "full": score_text(one.full)}
        for one in scoring.extras(**_asked(scoring, told))
    ]  # fmt: skip


def _stored(score: Score) -> dict[str, Any]:
    return {
        "price": score_text(score.price), "others": score_text(score.others),
        "total": score_text(score.total), "pass_mark": score_text(score.pass_mark),
        "passes": score.passes, "steps": [one.as_json() for one in score.reasons],
    }  # fmt: skip


def scored(
    told: NoticeRow, found: ResultRow, amount: int, items: list[dict[str, str]],
    scores: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """What the officer's figures come to, as stored: price, others, total, passes, steps ….

    scores: item -> text; the method's extras may be left out; "twice": what both engines say of
    it. Refusals `award.score.missing` or `.malformed`, one an item.
    """
    scoring = METHODS[told.award_method].scoring
    if scoring is None:
        raise Fault(f"{told.award_method} scores nobody")
    figures, wrong = {}, []
    given = [one for one in _extras(scoring, told) if scores.get(one["code"], "").strip()]
    for one in [*items, *given]:
        try:
            figures[one["code"]] = figure(one, scores.get(one["code"], ""))
        except Refusal as no:
            wrong.append(no)
    if wrong:
        raise Refusals(wrong)
    offer = offer_of(scoring, told, found.reserve_price, amount)
    score = scoring.reviewed(scores=figures, **offer)
    both = twice(scoring, score, amount=amount, found=found, scores=figures, offer=offer)
    texts = {code: score_text(value) for code, value in figures.items()}
    return {**_stored(score), "scores": texts, "twice": both}


def figure(item: Mapping[str, str], typed: str) -> Fraction:
    """What was typed for an item, {"code", "text", "full"}; Refusal `award.score.missing` or
    `.malformed`."""
    plain, least = typed.strip(), item.get("least", "0")
    if not plain:
        raise Refusal(
            "award.score.missing",
            N_("“{item}” has no score yet."),
            repair=N_("Enter a score from {least} to {full}."),
            field=item["code"],
            item=item["text"],
            least=least,
            full=item["full"],
        )
    bare = plain[1:] if "least" in item and plain[0] in "+-" else plain
    whole, _, decimals = bare.partition(".")
    fits = plain.isascii() and whole.isdigit() and len(whole) <= 3 and len(decimals) <= PLACES
    good = fits and (decimals.isdigit() or "." not in plain)
    if not good or not Fraction(least) <= Fraction(plain) <= Fraction(item["full"]):
        raise Refusal(
            "award.score.malformed",
            N_("“{typed}” is not a score from {least} to {full} for “{item}”."),
            repair=N_("Enter a number such as 28.5, with at most {places} decimals."),
            field=item["code"],
            typed=plain[:20],
            item=item["text"],
            least=least,
            full=item["full"],
            places=PLACES,
        )
    return Fraction(plain)
