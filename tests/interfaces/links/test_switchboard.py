"""Every question has its link, every system its folder, and a practice world only simulators."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from jangteo.config import machine, processes, switchboard
from jangteo.config.processes import Doors
from jangteo.interfaces import links
from jangteo.interfaces.links.simulators import serve
from jangteo.records.exchange.questions import QUESTIONS

FOLDER = Path(links.__file__).parent / "systems"


def test_every_question_has_exactly_one_link_and_it_is_the_one_the_exchange_names() -> None:
    assert set(switchboard.QUESTIONS) == set(QUESTIONS)
    named = {name: question.system for name, question in QUESTIONS.items()}
    assert {name: link.card.id for name, link in switchboard.QUESTIONS.items()} == named
    assert named == {
        "BudgetCommitment": "budget", "DisbursementOrder": "budget", "Transfer": "bank",
    }  # fmt: skip
    taken = [question for link in switchboard.LINKS.values() for question in link.card.takes]
    assert len(taken) == len(set(taken))


def test_every_system_has_card_translate_simulator_and_samples() -> None:
    folders = {one.name for one in FOLDER.iterdir() if one.is_dir() and one.name[0] != "_"}
    assert folders == set(switchboard.LINKS)
    for name in folders:
        there = {one.name for one in (FOLDER / name).iterdir() if one.name[0] != "_"}
        assert there == {"card.py", "translate.py", "simulator.py", "samples"}
        assert list((FOLDER / name / "samples").glob("*.json"))


def test_the_simulators_are_those_of_the_folders(tmp_path: Path) -> None:
    server = serve(tmp_path, 0)
    try:
        assert {name: type(one).__name__ for name, one in server.partners.items()} == {
            "bank": "Bank", "budget": "Budget",
        }  # fmt: skip
        assert {one.name for one in tmp_path.glob("*.sqlite")} == {"bank.sqlite", "budget.sqlite"}
    finally:
        server.server_close()


def test_a_question_hides_fields_that_it_has() -> None:
    for question in QUESTIONS.values():
        assert set(question.hidden) <= {one.name for one in dataclasses.fields(question)}
    assert QUESTIONS["Transfer"].hidden == ("account", "payee_name")


def test_an_address_comes_from_the_environment_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = switchboard.LINKS["bank"]
    monkeypatch.setenv("JANGTEO_SANDBOX", "0")
    monkeypatch.delenv("JANGTEO_LINK_BANK", raising=False)
    assert switchboard.address(link) == ""
    monkeypatch.setenv("JANGTEO_LINK_BANK", " https://bank.example/firm ")
    assert switchboard.address(link) == "https://bank.example/firm"


def test_a_practice_world_reaches_its_simulators_and_never_a_real_bank(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JANGTEO_LINK_BANK", "https://bank.example/firm")
    monkeypatch.setenv("JANGTEO_SANDBOX", "1")
    doors = Doors("127.0.0.1", 8400)
    found = processes.environment(doors, "postgresql://x@127.0.0.1/x")
    assert found["JANGTEO_LINK_BANK"] == "http://127.0.0.1:8402/bank"
    assert found["JANGTEO_LINK_BUDGET"] == "http://127.0.0.1:8402/budget"
    monkeypatch.setenv("JANGTEO_SANDBOX", "0")
    found = processes.environment(doors, "postgresql://x@127.0.0.1/x")
    assert found["JANGTEO_LINK_BANK"] == "https://bank.example/firm"
    assert "JANGTEO_LINK_BUDGET" not in found


@pytest.mark.parametrize(("sandbox", "there"), [("1", True), ("0", False)])
def test_only_a_practice_world_starts_simulated_partners(
    monkeypatch: pytest.MonkeyPatch, sandbox: str, there: bool
) -> None:
    monkeypatch.setenv("JANGTEO_SANDBOX", sandbox)
    monkeypatch.setattr(processes.database, "role_url", lambda owner, role: owner)
    every = processes.table(Doors("127.0.0.1", 8400), "postgresql://x@127.0.0.1/x")
    found = [one for one in every if one.name == "partners"]
    assert bool(found) is there
    if found:
        assert found[0].ready == "http://127.0.0.1:8402/healthz"
        assert found[0].env["DATABASE_URL"] == ""


def test_simulators_refuse_to_start_outside_a_practice_world(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jangteo.interfaces.links.simulators", "1"],
        env={"PYTHONPATH": str(machine.ROOT / "src"), "JANGTEO_VAR": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2, "Simulated partners are for a practice world only.\n",
    )  # fmt: skip
    assert not (tmp_path / "partners").exists()


@pytest.mark.parametrize(
    ("sandbox", "said", "found"),
    [
        ("1", "https://bank.example/firm", ""),
        ("1", "http://127.0.0.1.example/bank", ""),
        ("1", "http://127.0.0.1@bank.example/", ""),
        ("1", "http://127.0.0.1:8402/bank", "http://127.0.0.1:8402/bank"),
        ("0", "https://bank.example/firm", "https://bank.example/firm"),
    ],
)
def test_a_process_of_a_practice_world_goes_nowhere_but_to_loopback(
    monkeypatch: pytest.MonkeyPatch, sandbox: str, said: str, found: str
) -> None:
    monkeypatch.setenv("JANGTEO_SANDBOX", sandbox)
    monkeypatch.setenv("JANGTEO_LINK_BANK", said)
    assert switchboard.address(switchboard.LINKS["bank"]) == found
