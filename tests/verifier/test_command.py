"""The command: exit codes, what it prints, and that it stands alone."""

import ast
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import jangteo_verify
from tests.verifier.bundles import FOLDER, NAMES, bundle, raw, write

SCRIPT = Path(jangteo_verify.__file__)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_published_bundle_is_equal(name: str) -> None:
    done = run(str(FOLDER / f"{name}.json"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything is equal" in done.stdout
    assert "✗" not in done.stdout


def test_a_difference_names_check_place_and_both_values(tmp_path: Path) -> None:
    forged = bundle("seeded")
    forged["reserve_price"] = 141_761_676
    (tmp_path / "b.json").write_bytes(write(forged))
    done = run(str(tmp_path / "b.json"))
    assert done.returncode == 1
    assert "✗ reserve_price: ours 141761675; the bundle says 141761676" in done.stdout
    assert "DIFFERENT (V14)" in done.stdout


def test_json_says_the_same(tmp_path: Path) -> None:
    forged = bundle("seeded")
    forged["floor_price"] += 1
    (tmp_path / "b.json").write_bytes(write(forged))
    done = run(str(tmp_path / "b.json"), "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["result"], said["tender"]) == (1, "different", "R26BK00000002")
    different = [one for one in said["checks"] if one["state"] == "different"]
    assert [one["check"] for one in different] == ["V15"]
    (difference,) = different[0]["differences"]
    assert difference == {"where": "floor_price", "ours": "127781078", "bundle": "127781079"}
    found = {place: value for one in said["checks"] for place, value in one["found"].items()}
    assert (found["reserve_price"], found["floor_price"]) == (141_761_675, 127_781_078)
    assert found["drawn"] == [7, 3, 11, 15]
    assert found["outcome.outcome"] == "published"
    first = "369cfaaeeadf"
    assert found[f"opened.{first}.amount"] == 128_676_719
    ours = [found[f"ranking.{first}.{name}"] for name in ("rank", "remark", "rate")]
    assert ours == [1, "normal", "90.769"]


def test_korean(tmp_path: Path) -> None:
    done = run(str(FOLDER / "reenacted.json"), "--ko")
    assert done.returncode == 0
    assert "V14 예정가격" in done.stdout
    assert "모두 같습니다" in done.stdout
    assert "연습 세계에서 넣은 비율" in done.stdout


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'{"v":"jangteo/bundle/1"}'])
def test_what_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.json").write_bytes(data)
    done = run(str(tmp_path / "b.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be read" in done.stderr


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.json")).returncode == 2


def test_the_published_hash_is_compared(tmp_path: Path) -> None:
    path, digest = str(FOLDER / "failed.json"), hashlib.sha256(raw("failed")).hexdigest()
    assert run(path, "--sha256", digest).returncode == 0
    done = run(path, "--sha256", "0" * 64)
    assert (done.returncode, "DIFFERENT (V1)" in done.stdout) == (1, True)


def test_given_rates_are_said_to_be_given() -> None:
    assert "taken as given" in run(str(FOLDER / "reenacted.json")).stdout
    assert "taken as given" not in run(str(FOLDER / "seeded.json")).stdout


def test_it_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    names = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add((node.module or "").partition(".")[0])
    assert names - set(sys.stdlib_module_names) == {"cryptography"}
    assert not names & {"importlib", "socket", "urllib", "subprocess", "http"}


def test_it_fits_on_one_long_page() -> None:
    assert len(SCRIPT.read_text().splitlines()) < 1500


def test_it_is_installed_alone_and_without_a_network(tmp_path: Path) -> None:
    made = [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "empty")]
    subprocess.run(made, check=True)
    (packages,) = (tmp_path / "empty").glob("lib/*/site-packages")
    (packages / "present.pth").write_text(f"{sysconfig.get_path('purelib')}\n")  # cryptography
    pip = [sys.executable, "-m", "pip", "--python", str(tmp_path / "empty/bin/python")]
    install = [*pip, "install", "--quiet", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*install, str(SCRIPT.parent)], check=True, env=os.environ | {"PYTHONPATH": ""})
    command = str(tmp_path / "empty/bin/jangteo-verify")
    done = subprocess.run(
        [command, str(FOLDER / "seeded.json")], cwd=tmp_path, env={}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything is equal" in done.stdout


def test_each_row_of_the_law_is_listed_with_value_article_and_day() -> None:
    done = run(str(FOLDER / "seeded.json"))
    for table, row in bundle("seeded")["rules"].items():
        values = ", ".join(f"{name} {value}" for name, value in row["values"].items())
        told = f"{table}: {values} – {row['law']}, {row['since']} ({row['sure']})"
        assert told in done.stdout
    assert "Compare them with the law itself." in done.stdout
    korean = run(str(FOLDER / "seeded.json"), "--ko").stdout
    assert "법령과 직접 비교하십시오" in korean
