"""Published works openings come out to the won, and a copy with one figure changed does not."""

import json
from pathlib import Path

import pytest

from jangteo.config.commands import bench, rules
from jangteo.config.machine import Trouble
from jangteo.interfaces.rehearsal.law import recompute

WITH_NET_COST = "R26BK01319373-000,2026-02-11,981838000,46015508,978406500,845462993,89.745,"


def _copy(path: Path, old: str, new: str) -> Path:
    text = recompute.CASES.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_all_published_openings_come_out_to_the_won(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules.run(["recompute"]) == 0
    assert capsys.readouterr().out == "42 of 42 equal\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("8866501252,", "8866501253,", "floor price 8,866,501,252 instead of 8,866,501,253"),
        (",10212902025,", ",10212902026,", "floor price 8,866,501,253 instead of 8,866,501,252"),
        (",599187111,", ",599187119,", "floor price 8,866,501,253 instead of 8,866,501,252"),
        (",8866730000", ",8866501251", "first in rank 8,866,501,251 is 1 below the floor price"),
        (
            WITH_NET_COST + "882789804,882809620",
            WITH_NET_COST.replace("845462993", "962000000") + "882789804,882809620",
            "first in rank 882,809,620 is 56,655,458 below the net-cost line",
        ),
    ],
)
def test_one_figure_changed_is_named(
    old: str, new: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rules.run(["recompute", str(_copy(tmp_path / "f.csv", old, new))]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "41 of 42 equal"
    assert len(out) == 2
    assert out[0].endswith(f": {said}")


def test_a_broken_line_is_named_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _copy(tmp_path / "f.csv", ",10212902025,", ",ten billion,")
    assert rules.run(["recompute", str(path)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Line 2 cannot be read: ")
    assert out[-1] == "41 of 42 equal"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble, match="The first line must read notice,opened"):
        rules.run(["recompute", str(path)])
    with pytest.raises(Trouble, match="no file"):
        rules.run(["recompute", str(tmp_path / "none.csv")])


def test_the_bench_of_the_rules_gives_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.run(["rules", "--count", "20", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    found = json.loads(lines[-1])
    assert set(found) == {"ratio", "rules", "arithmetic", "cryptography", "bids", "cores"}
    assert found["bids"] == 60
    assert all(value > 0 for value in found.values())
    assert found["rules"] > found["cryptography"]
