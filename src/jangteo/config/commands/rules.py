"""Look after the law as data: check the tables, recompute, replay history, rehearse a change."""

import argparse
import json
import os
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jangteo.config import database
from jangteo.config.lock_history import earlier
from jangteo.config.machine import ROOT, Trouble
from jangteo.ground.errors import Refusal
from jangteo.rules import answered, dated, files, gaps, past

LOCK = ROOT / "src" / "jangteo" / "rules" / "data" / "rows.lock"


def run(arguments: list[str]) -> int:
    """Do what is named; exit code 1 if something differs, 2 if it could not be looked at."""
    parser = argparse.ArgumentParser(prog="./jangteo rules", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = what.add_parser("check", help="every row has law and source; no overlaps, no gaps")
    check.add_argument("--assumed", action="store_true", help="list the rows marked assumed")
    what.add_parser("lock", help="write down the digests of new rows, so that none is edited")
    again = what.add_parser("recompute", help="published works openings, one a line of a CSV")
    again.add_argument("file", type=Path, nargs="?", help="the project's own cases if left out")
    replay = what.add_parser("replay", help="all history in the running database, once more")
    replay.add_argument("--signed", type=Path, help="TOML of differences that somebody signed")
    draft = what.add_parser("rehearse", help="a draft amendment, on all history in the database")
    draft.add_argument("file", type=Path)
    draft.add_argument("--json", action="store_true", help="one JSON object as the last line")
    given = parser.parse_args(arguments)
    do: dict[str, Callable[[argparse.Namespace], int]] = {
        "check": _check, "lock": _lock, "recompute": _recompute, "replay": _replay,
        "rehearse": _rehearse,
    }  # fmt: skip
    return do[given.what](given)


def _check(given: argparse.Namespace) -> int:
    """Tables are built, which finds missing laws and overlaps; then gaps and edited rows.

    What the law has a rule for and no row holds is a fault, or listed if its table names it.
    """
    sure: Counter[str] = Counter()
    known: list[str] = []
    before = earlier(LOCK)
    wrong = [*past.breaches(), *past.lost(before.lines, past.locked())]
    for name in _dated():
        table = dated.table(name)
        wrong += gaps.gaps(table)
        holes = answered.holes(table, files.toml(name))
        wrong += holes.faults
        wrong += [f"{one} is named as missing, but answered by now" for one in holes.filled]
        known += [f"Known as missing: {one}" for one in holes.known]
        sure.update(row.sure for row in table.rows)
        if given.assumed:
            for row in table.rows:
                if row.sure == "assumed":
                    print(f"{row.id}: {row.source}")
    for sentence in [*known, *wrong]:
        print(sentence)
    if before.why:
        print(f"Only rows.lock and {len(before.lines)} earlier lines were compared: {before.why}")
    told = ", ".join(f"{sure[word]} {word}" for word in dated.SURE)
    print(f"{sum(sure.values())} rows in {len(_dated())} tables: {told}; {len(wrong)} faults")
    return 1 if wrong else 0


def _dated() -> list[str]:
    """The tables of rows; the almanac of holidays is a list of days."""
    return [name for name in files.names() if "row" in files.toml(name)]


def _lock(given: argparse.Namespace) -> int:
    known = past.locked()
    lines = past.lines(past.digests(), known, past.notes())
    LOCK.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines) - sum(map(len, known.values()))} rows laid down")
    return 0


def _recompute(given: argparse.Namespace) -> int:
    from jangteo.interfaces.rehearsal.law import recompute

    path = given.file or recompute.CASES
    if not path.is_file():
        raise Trouble(f"{path} is no file; give a CSV of published works openings.")
    lines = equal = 0
    for line in _lines(path):
        lines += 1
        if isinstance(line, Refusal):
            print(line.text.format(**line.params))
            continue
        found = recompute.differences(line)
        equal += not found
        if found:
            print(f"{line.notice} (line {line.number}): {'; '.join(found)}")
    print(f"{equal} of {lines} equal")
    return 0 if equal == lines and lines else 1


def _lines(path: Path) -> list[Any]:
    from jangteo.interfaces.rehearsal.law import recompute

    try:
        return list(recompute.read(path))
    except Refusal as no:
        raise Trouble(f"{no.text.format(**no.params)} {no.repair.format(**no.params)}") from no


def _replay(given: argparse.Namespace) -> int:
    """Every difference must be signed: [[difference]] tender, what, was, now, by, why."""
    _on_database()
    signed = _signed(given.signed)
    unsigned = _scores(signed)
    from jangteo.stages.opening.actions import (
        again,
        opened_tenders,
        verified_again,
        verified_tenders,
    )

    opened, verified = opened_tenders(), verified_tenders()
    unsigned += sum(_told(one, again(one).differences(), signed) for one in opened)
    unsigned += sum(_told(one, verified_again(one), signed) for one in verified)
    print(f"{len(opened)} openings played again, {len(verified)} bundles verified again, "
          f"{unsigned} differences nobody signed")  # fmt: skip
    return 1 if unsigned else 0


def _scores(signed: Mapping[Any, str]) -> int:
    """Every recorded score once more; how many differences nobody signed."""
    from jangteo.stages.award.actions import examined_tenders, rescored

    unsigned, counts = 0, Counter[str]()
    for one in map(rescored, examined_tenders()):
        for who, cause in one.annulled:
            print(f"{one.number} {who}: its award is annulled ({cause}), and computed all the same")
        for what, was, now in one.superseded:
            print(f"{one.number} {what}: {was} → {now}, superseded by a newer calculation")
        unsigned += _told(one.number, one.differences, signed)
        counts.update(scores=one.scores, bare=one.without_table, seconds=one.seconds)
        counts.update(old=len(one.superseded), gone=len(one.annulled))
    print(f"{counts['scores']} scores computed again; {counts['bare']} candidates whom no table "
          f"scored; {counts['seconds']} scores by the second engine; {counts['gone']} annulled "
          f"awards; {counts['old']} superseded differences")  # fmt: skip
    return unsigned


def _told(number: str, found: Iterable[tuple[str, ...]], signed: Mapping[Any, str]) -> int:
    """Say each difference; how many of them nobody signed."""
    unsigned = 0
    for what, was, now in found:
        who = signed.get((number, what, was, now))
        unsigned += who is None
        print(f"{number} {what}: {was} → {now}" + (f", signed by {who}" if who else ""))
    return unsigned


def _signed(path: Path | None) -> dict[tuple[str, ...], str]:
    if path is None:
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["difference"]
        if not all(row["by"].strip() and row["why"].strip() for row in rows):
            raise ValueError("by and why must be said")
        return {(row["tender"], row["what"], row["was"], row["now"]): row["by"] for row in rows}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as no:
        raise Trouble(
            f"{path} is no list of signed differences; each needs tender, what, was, now, by and "
            f"why as texts. ({no})"
        ) from no


def _rehearse(given: argparse.Namespace) -> int:
    _on_database()
    from jangteo.interfaces.rehearsal.law import change

    before = change.standing()
    try:
        for one in change.put_in(given.file):
            part = "" if one.whole else ", for what it answers of it"
            print(f"from {one.on} {one.after} holds in place of {one.before}{part}")
    except Refusal as no:
        raise Trouble(f"{no.text.format(**no.params)} {no.repair}") from no
    seen = list(change.rehearse(before))
    other = [one for one in seen if change.differs(one)]
    for one in other:
        print(one.number)
        for term, (was, now) in one.terms.items():
            print(f"  {term}: {was} → {now}")
        if one.refused:
            print(f"  the draft gives no figure: {one.refused}")
        for what, was, now in one.came.differences() if one.came else ():
            print(f"  {what}: {was} → {now}")
        for what, was, now in one.scores:
            print(f"  {what}: {was} → {now}")
    firsts = sum(_other_first(one) for one in other)
    called = sum(one.first_called() for one in other)
    print(f"{called} with another first to be called")
    print(f"{len(seen)} openings; {len(other)} differ, {firsts} with another first in rank")
    if given.json:
        found = {"openings": len(seen), "differ": len(other), "another_first": firsts}
        found["another_called"] = called
        print(json.dumps(found))
    return 0


def _other_first(one: Any) -> bool:
    return bool(one.came and one.came.was.first() != one.came.now.first())


def _on_database() -> None:
    os.environ["DATABASE_URL"] = database.owner_url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
    import django

    django.setup()
