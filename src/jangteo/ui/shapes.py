"""What the components take: small frozen values that any stage can fill.

Texts are English msgids or already translated: the components translate what they show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class DeskTask:
    """One thing that a desk asks of a person.

    title: msgid with {placeholders} filled from params; state: todo, waiting or done;
    who: whom it waits for, "" if for the reader; due: None if the law sets no moment.
    """

    title: str
    params: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    due: datetime | None = None
    law: str = ""
    state: str = "todo"
    who: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer; hangul: an amount written out, shown below the value; law: its article."""

    label: str
    value: Any
    change_url: str = ""
    hangul: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One step of a task list; state: todo, doing, done or waiting (then who)."""

    label: str
    state: str = "todo"
    url: str = ""
    who: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a stage line; state: done, now, next or failed.

    at: a moment, or a day where the law counts in days; due: at is the end of a period, whose
    midnight is the 24:00 of the day before; url: the page that shows it, if any.
    """

    label: str
    state: str = "next"
    at: datetime | date | None = None
    who: str = ""
    url: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as listed; size in bytes, sha256 in hex."""

    title: str
    url: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime | None = None
