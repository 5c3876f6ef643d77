"""Pages that follow from the source are what the source says."""

from pathlib import Path

import pytest

from jangteo.config.commands import states
from jangteo.rules import dated
from tests.docs.pages import ROOT

DATA = Path(dated.__file__).parent / "data"
ASSUMED = (ROOT / "docs" / "adr" / "0008-assumed-rows.md").read_text()


def test_states_page_is_what_the_tables_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert states.run(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_stale_states_page_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "states.md"
    stale.write_text(states.page().replace("`publish`", "`announce`"))
    monkeypatch.setattr(states, "PATH", stale)
    assert states.run(["--check"]) == 1
    assert "run ./jangteo states" in capsys.readouterr().out
    assert states.run([]) == 0
    assert states.run(["--check"]) == 0


def test_every_table_with_assumed_rows_is_listed() -> None:
    with_assumed = {
        str(path.relative_to(DATA).with_suffix(""))
        for path in DATA.rglob("*.toml")
        if 'sure = "assumed"' in path.read_text()
    }
    listed = {line.split("`")[1] for line in ASSUMED.splitlines() if line.startswith("| `")}
    assert listed == with_assumed


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text()
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name for name in decisions if f"({name})" not in listed] == []
    numbers = [int(name[:4]) for name in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
