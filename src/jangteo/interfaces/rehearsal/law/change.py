"""Rehearse a change of law: draft rows put into the tables, every published opening played again.

A draft is a TOML file with rows in the form of the dated tables, under the name of their table:

    [["price/floor_rate".row]]
    id = "draft-national-under-1bn"
    since = 2020-01-02
    where = { … }
    value = "91.745"
    law = "the draft's article"
    source = "the draft"
    sure = "assumed"

A draft row ends the rows that it answers, as a real amendment would, and those that it names in
`replaces`; `since` in the past says from which rule day on it would have held. What takes whose
place is told: see `rules/amended`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.rules import dated
from jangteo.rules.amended import Succession, amended
from jangteo.stages.award.actions import Fact, facts
from jangteo.stages.opening.actions import Again, again, opened_tenders
from jangteo.stages.tender.queries import USUAL, filled, notice

#: terms that a notice takes from a table unless it names its own -> how a blank looks
_BLANK: Mapping[str, Any] = {"price_unit": None}


@dataclass(frozen=True, slots=True)
class Changed:
    """One tender under the draft. terms: term -> (was, would be); none if the draft passes it by.

    refused: why the draft gives no figure, "" if it does; scores: (what, was, would be) of its
    candidates, with row and article.
    """

    number: str
    terms: Mapping[str, tuple[Any, Any]]
    came: Again | None
    refused: str = ""
    scores: tuple[tuple[str, str, str], ...] = ()

    def first_called(self) -> bool:
        """Whether another bidder would be the first to be called."""
        return any(what == "called first" for what, _, _ in self.scores)


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Table -> draft rows. Refusal `rules.draft.unreadable` if the file is not in the form."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: list(table["row"]) for name, table in content.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as no:
        raise _unreadable(path, str(no)) from no


def put_in(path: Path) -> list[Succession]:
    """Put the draft's rows into the tables of this process; what takes whose place from then on.

    Refusal `rules.draft.unreadable`; then nothing is put in.
    """
    try:
        made = [amended(name, rows) for name, rows in read(path).items()]
    except (Fault, ValueError, TypeError, AttributeError) as no:  # a row, a band that is none
        raise _unreadable(path, str(no)) from no
    dated.rehearse([table for table, _ in made])
    return [one for _, found in made for one in found]


def _unreadable(path: Path, why: str) -> Refusal:
    return Refusal(
        "rules.draft.unreadable",
        N_("The draft {name} cannot be read: {why}."),
        repair=N_("Write its rows in the form that docs/rules/change-of-law.md shows."),
        name=path.name,
        why=why,
    )


def standing() -> dict[str, Mapping[str, Fact]]:
    """Tender -> what the law says of its candidates, to be asked before a draft is put in."""
    return {number: facts(number) for number in opened_tenders()}


def rehearse(before: Mapping[str, Mapping[str, Fact]] | None = None) -> Iterator[Changed]:
    """Every opened tender in the database by the tables as they are in this process.

    before: what `standing` said without the draft; nothing is said of candidates if left out.
    """
    for number in opened_tenders():
        one = _under_draft(number)
        if before is not None and not one.refused:
            one = replace(one, scores=tuple(scores(number, before.get(number, {}), one.came)))
        yield one


def scores(
    number: str, before: Mapping[str, Fact], came: Again | None = None
) -> Iterator[tuple[str, str, str]]:
    """(what, was, would be) of a tender's candidates; before: as `standing` has it.

    came: the opening under the draft, whose reserve price, ranks and lots count; None: as
    published.
    """
    now = came.now if came else None
    if now and now.reserve_price is None:  # no opening, no candidates: the opening's lines say so
        return
    ranks = {key: (row[0], row[1]) for key, row in now.ranks.items()} if now else None
    lots = now.lots if now else None
    after = facts(number, now.reserve_price if now else None, ranks, lots)
    for what in [*before, *(key for key in after if key not in before)]:
        was, then = before.get(what, Fact("-")), after.get(what, Fact("-"))
        if was.said != then.said:
            yield what, str(was), str(then)


def _under_draft(number: str) -> Changed:
    found = notice(number)
    own = {
        term: _BLANK.get(term, "")
        for table, terms in USUAL.items()
        if table in found.rules
        for term in terms
    }
    try:
        terms = filled(replace(found, **own), on=found.rule_day).terms
    except Refusal as no:
        return Changed(number, {}, None, no.code)
    new = {term: terms[term] for term in own if terms[term] != getattr(found, term)}
    changed = {term: (getattr(found, term), value) for term, value in new.items()}
    return Changed(number, changed, again(number, new))


def differs(one: Changed) -> bool:
    """Whether anything would have come out otherwise."""
    came = one.came and any(one.came.differences())
    return bool(one.refused or one.terms or one.scores or came)
