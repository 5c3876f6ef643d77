"""Each field of a draft by itself: what is sent becomes a value of the right kind, or a refusal."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.stages.tender import states

_RATE = re.compile(r"([+-]?)0*([0-9]{1,3})(?:\.([0-9]{1,3})0*)?")
_MOST_WON = 10**15
_AFTER_DEADLINE = timedelta(hours=1)
#: what a notice of our time may name; a slip of the keyboard lies outside
_YEARS = range(2000, 2101)


def _malformed(field: str, text: str, repair: str, **params: Any) -> Refusal:
    return Refusal(
        "tender.field.malformed",
        text,
        repair=repair,
        field=field,
        status=400,
        field_name=states.FIELD_LABELS.get(field, field),
        **params,
    )


def _words(most: int) -> Callable[[str, Any], str]:
    def check(field: str, value: Any) -> str:
        if not isinstance(value, str):
            raise _malformed(field, N_("{field_name} must be text."), N_("Send a string."))
        if len(value.strip()) > most:
            raise _malformed(
                field,
                N_("This is longer than {most} characters."),
                N_("Shorten it; put details into a document."),
                most=most,
            )
        return value.strip()

    return check


def _whole(least: int, most: int = _MOST_WON) -> Callable[[str, Any], int | None]:
    def check(field: str, value: Any) -> int | None:
        if value is None:
            return None
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not least <= value <= most:
            raise _malformed(
                field,
                N_("{field_name} must be a whole number from {least} to {most}."),
                N_("Enter whole won, digits only."),
                least=least,
                most=most,
            )
        return int(value)

    return check


def _rate(field: str, value: Any) -> str:
    """In its one form, as the tables write it: "-3.000" becomes "-3", "89.7450" "89.745"."""
    found = _RATE.fullmatch(value) if isinstance(value, str) else None
    if found:
        sign, whole, part = found.groups(default="")
        text = f"{whole}.{part}".rstrip("0").rstrip(".")
        return f"-{text}" if sign == "-" and text != "0" else text
    if value != "":
        raise _malformed(
            field,
            N_("{field_name} must be a percentage with at most three decimals."),
            N_('Send text such as "89.745" or "-3".'),
        )
    return ""


def _difficulty(field: str, value: Any) -> str:
    """In the form of the law's table: "0.9" becomes "0.90", "1" becomes "1.00"."""
    if value == "":
        return ""
    if not isinstance(value, str) or not re.fullmatch(r"[01](\.[0-9]{1,2})?", value):
        raise _malformed(
            field,
            N_("{field_name} must be a number with at most two decimals."),
            N_('Send text such as "0.85" or "1.00".'),
        )
    whole, _, part = value.partition(".")
    return f"{whole}.{part:0<2}"


def _one_of(closed: dict[str, str]) -> Callable[[str, Any], str]:
    def check(field: str, value: Any) -> str:
        if value != "" and str(value).lower() not in closed:
            raise _malformed(
                field,
                N_("{field_name} has no such choice."),
                N_("Choose one of: {choices}."),
                choices=", ".join(sorted(closed)),
            )
        return str(value).lower()

    return check


def _chosen(closed: dict[str, str]) -> Callable[[str, Any], str]:
    """One of a closed list, never blank."""
    one_of = _one_of(closed)

    def check(field: str, value: Any) -> str:
        return one_of(field, value or "-")

    return check


def _codes(shape: str) -> Callable[[str, Any], list[str]]:
    def check(field: str, value: Any) -> list[str]:
        listed = isinstance(value, list | tuple)
        if not listed or not all(isinstance(v, str) and re.fullmatch(shape, v) for v in value):
            raise _malformed(
                field, N_("{field_name} must be a list of codes."), N_("Send a list of codes.")
            )
        return sorted(set(value))

    return check


def _moment(field: str, value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _malformed(
            field,
            N_("{field_name} must be a moment with its time zone."),
            N_("Send ISO 8601 with an offset, such as 2026-12-01T10:00:00+09:00."),
        )
    if value.year not in _YEARS:
        raise _malformed(
            field,
            N_("{field_name} must lie in the years {first} to {last}."),
            N_("Check the year."),
            first=_YEARS[0],
            last=_YEARS[-1],
        )
    return value


def _documents(field: str, value: Any) -> list[str]:
    try:
        return [str(uuid.UUID(str(one))) for one in value]
    except (TypeError, ValueError) as error:
        raise _malformed(
            field, N_("{field_name} must be a list of codes."), N_("Send a list of codes.")
        ) from error


FIELDS: dict[str, Callable[[str, Any], Any]] = {
    "title": _words(200),
    "description": _words(20_000),
    "site": _words(200),
    "procedure": _chosen(states.PROCEDURES),
    "category": _chosen(states.CATEGORIES),
    "service_kind": _one_of(states.SERVICE_KINDS),
    "urgency": _one_of(states.URGENCIES),
    "urgency_reason": _words(300),
    "base_amount": _whole(1),
    "estimated_price": _whole(1),
    "budget_amount": _whole(1),
    "a_value": _whole(0),
    "base_net_cost": _whole(1),
    "difficulty": _difficulty,
    "floor_rate": _rate,
    "floor_rate_reason": _words(300),
    "range_low": _rate,
    "range_high": _rate,
    "price_unit": _whole(1, 10_000),
    "price_rounding": _one_of(states.ROUNDINGS),
    "mean_of": _one_of(states.MEANS),
    "mean_rounding": _one_of(states.ROUNDINGS),
    "licences": _codes(r"[0-9A-Z-]{1,10}"),
    "regions": _codes(r"[0-9]{2}"),
    "bidding_from": _moment,
    "deadline": _moment,
    "opening_at": _moment,
    "deadline_reason": _words(300),
    "documents": _documents,
    "correction_reason": _words(500),
}


def read(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes as values; the opening follows its deadline by an hour unless given, and the
    award method its procedure.

    Refusals with one entry a malformed or unknown field (전자조달법 시행규칙 제2조제4항).
    """
    values, wrong = {}, []
    for field, value in changes.items():
        try:
            if field not in FIELDS:
                raise _malformed(
                    field,
                    N_("A notice has no field {field_name}."),
                    N_("Leave it out; the API's description lists the fields."),
                )
            values[field] = FIELDS[field](field, value)
        except Refusal as refusal:
            wrong.append(refusal)
    if wrong:
        raise Refusals(wrong)
    if values.get("deadline") and not values.get("opening_at"):
        values["opening_at"] = values["deadline"] + _AFTER_DEADLINE
    if "procedure" in values:
        values["award_method"] = states.OFFERED[values["procedure"]].award_method
    return values
