"""`./jangteo seal` makes what the browser makes, offline."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jangteo.records.vault import seal, unseal
from jangteo.records.vault.canonical import unb64u
from tests.records.vault.made import SUPPLIER, TENDER, Lot, lot

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def custody() -> Lot:
    return lot()


def command(folder: Path, custody: Lot, *more: str, price: str = "1,234,500,000\n", **change: Any):
    """Run the command as a person would, with the price typed."""
    notice = {
        "number": TENDER, "version": 0, "lots": [{"id": "1", "round": 0}],
        "keys": custody.keys.text, "keys_hash": custody.keys.hash, **change,
    }  # fmt: skip
    (folder / "notice.json").write_text(json.dumps(notice))
    words = ["notice.json", "--supplier", SUPPLIER, "--picks", "3,11", "--out", "bid.json", *more]
    return subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", "seal", *words],
        input=price, capture_output=True, text=True, cwd=folder, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def test_it_seals_what_was_typed_and_says_nothing_of_it(tmp_path: Path, custody: Lot) -> None:
    done = command(tmp_path, custody)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "bid.json"
    made = json.loads(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(made) == {"envelope", "signature", "hash", "agent_key"}
    (found,) = unseal.open_envelopes(
        [unb64u(made["envelope"])], keys=custody.keys, privates=custody.privates
    )
    assert isinstance(found, unseal.OpenedEnvelope)
    assert (found.amount, found.picks, found.supplier) == (1_234_500_000, (3, 11), SUPPLIER)
    assert seal.verify(made["agent_key"], bytes.fromhex(made["hash"]), unb64u(made["signature"]))
    assert made["hash"] in done.stdout
    assert custody.keys.hash in done.stdout
    assert "1234500000" not in done.stdout + done.stderr + path.read_text()
    again = command(tmp_path, custody)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    assert json.loads(path.read_text()) == made


@pytest.mark.parametrize(
    ("more", "price", "change", "saying"),
    [
        ([], "x\n", {}, "whole number"),
        ([], "0\n", {}, "between 1 and"),
        (["--picks", "3,3"], "5\n", {}, "two different numbers"),
        (["--picks", "3"], "5\n", {}, "two numbers"),
        (["--supplier", "한글"], "5\n", {}, "Nothing was sealed"),
        (["--manifest", "xyz"], "5\n", {}, "Nothing was sealed"),
        (["--keys-hash", "0" * 64], "5\n", {}, "another was expected"),
        ([], "5\n", {"keys_hash": "0" * 64}, "another was expected"),
        ([], "5\n", {"keys": "{}"}, "not signed"),
        ([], "5\n", {"lots": []}, "is not a notice"),
        ([], "5\n", {"version": 1}, "another notice"),
    ],
)
def test_what_is_not_in_order_is_said_in_one_sentence(
    tmp_path: Path, custody: Lot, more: list[str], price: str, change: Any, saying: str
) -> None:
    done = command(tmp_path, custody, *more, price=price, **change)
    assert done.returncode == 2
    assert saying in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "bid.json").exists()


def test_signers_are_compared_with_the_list_that_was_kept(tmp_path: Path, custody: Lot) -> None:
    rows = [
        {"custodian": name, "public_key": custody.keys.signers[name], "enrolled_at": "x"}
        for name in ("platform", "audit")
    ]
    kept = tmp_path / "custodians.json"
    kept.write_text(json.dumps([rows[0], rows[1] | {"public_key": "another"}]))
    done = command(tmp_path, custody, "--custodians", "custodians.json")
    assert (done.returncode, "keys of audit are signed by another" in done.stderr) == (2, True)
    kept.write_text(json.dumps(rows[:1]))
    assert command(tmp_path, custody, "--custodians", "custodians.json").returncode == 2
    kept.write_text("{")
    done = command(tmp_path, custody, "--custodians", "custodians.json")
    assert "is not what GET" in done.stderr
    assert not (tmp_path / "bid.json").exists()
    kept.write_text(json.dumps(rows))
    done = command(tmp_path, custody, "--custodians", "custodians.json")
    assert (done.returncode, "by the custodians of" in done.stdout) == (0, True), done.stderr
    (tmp_path / "bid.json").unlink()
    assert custody.keys.signers["audit"] in command(tmp_path, custody).stdout
