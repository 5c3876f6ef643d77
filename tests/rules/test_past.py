"""The past of the tables cannot be edited unseen, and no question falls between two rows."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jangteo.config.commands.rules import LOCK
from jangteo.config.lock_history import Earlier, earlier
from jangteo.rules import dated, files, gaps, past
from jangteo.rules.files import names

ROW = {"id": "a", "since": date(2020, 1, 1), "law": "법 제1조", "source": "text", "sure": "stated"}


def _table(*rows: dict[str, Any], fields: tuple[str, ...] = (), ends: str = "") -> dated.Table:
    content = {"table": "x/y", "about": "test", "fields": list(fields), "row": list(rows)}
    return dated.build("x/y", content | ({"ends": ends} if ends else {}))


def test_every_row_is_as_it_was_laid_down_or_says_why_not() -> None:
    assert past.breaches() == []


def test_no_line_of_the_lock_was_ever_taken_away() -> None:
    before = earlier(LOCK)
    assert list(past.lost(before.lines, past.locked())) == []
    if before.why:
        pytest.skip(f"only rows.lock itself was compared: {before.why}")
    assert len(before.lines) >= 389


def test_no_table_leaves_a_gap() -> None:
    found = [g for n in names() if "row" in files.toml(n) for g in gaps.gaps(dated.table(n))]
    assert found == []


def test_an_edited_row_is_seen_and_a_note_explains_it() -> None:
    one, two, three = (past.digest({**ROW, "value": value}) for value in "123")
    note = {"x/y:a": "2026-11-26: the gazette prints 2, we had read 1"}
    said = "x/y:a was edited; say in `corrected` when, what and why"
    unkept = "x/y:a was corrected; run ./jangteo rules lock, so that this form is kept too"
    laid = {"x/y:a": (one,)}
    assert list(past.compare({"x/y:a": one}, laid, {})) == []
    assert list(past.compare({"x/y:a": two}, laid, {})) == [said]
    assert list(past.compare({"x/y:a": two}, laid, {"x/y:a": "typo"})) == [said]
    assert list(past.compare({"x/y:a": two}, laid, note)) == [unkept]
    assert past.lines({"x/y:a": two}, laid, {}) == [f"{one} x/y:a"]
    assert past.lines({"x/y:a": two}, laid, note) == [f"{one} x/y:a", f"{two} x/y:a"]
    corrected = {"x/y:a": (one, two)}
    assert list(past.compare({"x/y:a": two}, corrected, note)) == []
    assert list(past.compare({"x/y:a": two}, corrected, {})) == [said]
    assert list(past.compare({"x/y:a": three}, corrected, note)) == [unkept]  # once more


Git = Callable[..., None]


def _form(value: str) -> str:
    return past.digest({**ROW, "value": value})


def _faults(lock: Path, value: str, note: str = "") -> list[str]:
    """What `rules check` says of one row with that value, by the lock as it lies there."""
    laid = past.forms(lock.read_text(encoding="utf-8").splitlines())
    found = list(past.compare({"x/y:a": _form(value)}, laid, {"x/y:a": note}))
    return found + list(past.lost(earlier(lock).lines, laid))


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Commands in a scratch repository that no setting of this machine reaches."""
    if shutil.which("git") is None:
        pytest.skip("there is no git on this machine")
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", "/nowhere")  # a hook's own repository is not asked

    def run(*arguments: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false")
        command = ["git", *who, "-C", str(tmp_path), *arguments]
        subprocess.run(command, check=True, capture_output=True, env=bare)

    run("init", "-q")
    return run


def test_an_edited_past_is_seen_in_the_commits_even_where_the_lock_was_edited_too(
    git: Git, tmp_path: Path
) -> None:
    lock = tmp_path / "rows.lock"
    one, two = f"{_form('4')} x/y:a\n", f"{_form('3')} x/y:a\n"
    lock.write_text(one, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "one")
    assert _faults(lock, "4") == []

    lock.write_text(two, encoding="utf-8")  # as `rules lock` writes it when the line was deleted
    gone = (
        f"x/y:a was laid down as {_form('4')[:12]}… and rows.lock no longer says so; put the "
        "line back, and say in `corrected` when, what and why"
    )
    assert _faults(lock, "3") == [gone]
    note = "2026-12-01: the gazette prints 3, we had read 4"
    assert _faults(lock, "3", note) == [gone]  # a note takes no line's place
    git("commit", "-qam", "two")
    assert _faults(lock, "3", note) == [gone]

    lock.write_text(two + one + two, encoding="utf-8")  # the edited form set before the true one
    first = f"x/y:a was laid down as {_form('4')[:12]}… first, and rows.lock has another before"
    assert _faults(lock, "3", note) == [first]

    lock.write_text(one + two, encoding="utf-8")
    assert _faults(lock, "3") == ["x/y:a was edited; say in `corrected` when, what and why"]
    assert _faults(lock, "3", note) == []
    assert earlier(lock) == Earlier((one.strip(), two.strip()))


def test_where_no_history_is_at_hand_it_says_so(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "rows.lock"
    lock.write_text(f"{_form('4')} x/y:a\n", encoding="utf-8")
    git("add", ".")
    assert earlier(lock) == Earlier((), "this is no git checkout, or git cannot read it.")
    git("commit", "-qm", "one")
    lock.write_text(f"{_form('3')} x/y:a\n", encoding="utf-8")
    git("commit", "-qam", "two")
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))
    shallow = earlier(tmp_path / "shallow" / "rows.lock")
    assert shallow.lines == (f"{_form('3')} x/y:a",)
    assert shallow.why == "this checkout is shallow, its older commits are not here."
    (tmp_path / "other").write_text(f"{_form('3')} x/y:a\n", encoding="utf-8")
    assert earlier(tmp_path / "other") == Earlier((), "no commit of this checkout holds rows.lock.")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert earlier(lock) == Earlier((), "there is no git on this machine.")


def test_the_note_itself_does_not_change_the_digest() -> None:
    assert past.digest({**ROW, "corrected": "why"}) == past.digest(ROW)
    assert past.digest({**ROW, "since": date(2020, 1, 2)}) != past.digest(ROW)


def test_a_row_that_vanished_or_is_new_is_named() -> None:
    assert list(past.compare({}, {"x/y:a": ("1",)}, {})) == [
        "x/y:a was laid down once and is gone; end it with `until` instead"
    ]
    assert list(past.compare({"x/y:b": "1"}, {}, {})) == [
        "x/y:b is not in rows.lock yet; run ./jangteo rules lock"
    ]


def test_a_gap_in_time_and_one_between_bands() -> None:
    where = {"where": {"price": "0..10"}, "value": "1"}
    ended = _table({**ROW, **where, "until": date(2021, 1, 1)}, fields=("price",))
    assert gaps.gaps(ended) == ["x/y:a ends on 2021-01-01 and nothing follows for price 0"]
    told = _table(
        {**ROW, **where, "until": date(2021, 1, 1)}, fields=("price",), ends="it was repealed"
    )
    assert gaps.gaps(told) == []
    apart = _table(
        {**ROW, **where},
        {**ROW, "id": "b", "where": {"price": "11.."}, "value": "2"},
        fields=("price",),
    )
    assert gaps.gaps(apart) == ["x/y:a ends at 10 and x/y:b begins at 11 on 2020-01-01"]


def test_a_band_that_moves_leaves_no_gap() -> None:
    day = date(2021, 1, 1)
    rows = [
        {**ROW, "id": "low", "until": day, "where": {"price": "0..10"}, "value": "1"},
        {**ROW, "id": "high", "until": day, "where": {"price": "10.."}, "value": "2"},
        {**ROW, "id": "new-low", "since": day, "where": {"price": "0..12"}, "value": "1"},
        {**ROW, "id": "new-high", "since": day, "where": {"price": "12.."}, "value": "2"},
    ]
    assert gaps.gaps(_table(*rows, fields=("price",))) == []
    rows[2]["where"] = {"price": "0..10"}
    assert gaps.gaps(_table(*rows[:3], fields=("price",))) == [
        "x/y:high ends on 2021-01-01 and nothing follows for price 10"
    ]
