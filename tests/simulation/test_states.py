"""Every state of a tender is visited: what must never be is in none; planted faults are found."""

import ast
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import HOUSE
from tests.simulation.tables import rules
from tests.simulation.tables.explore import LAPSE, MUST, Explored, explore
from tests.simulation.tables.rules import RULES
from tests.simulation.tables.state import FOLLOWERS, TABLES, S, follow, put

ROOT = Path(__file__).parents[2]


@cache
def all_states() -> Explored:
    return explore(ends=True)


def test_what_must_never_be_is_in_no_state() -> None:
    found = all_states()
    print(f"{found.states} states, {found.edges} steps, {len(MUST)} properties")
    assert (found.broken, found.trail) == ("", ())
    assert found.states > 5_000


def test_from_every_state_an_end_can_be_reached() -> None:
    assert all_states().stuck == ()


def test_every_verb_of_the_tables_is_in_the_model_and_happens() -> None:
    verbs = {f"{name}.{row.verb}" for name, table in TABLES.items() for row in table.transitions}
    modelled = {f"{name}.{verb}" for name, known in RULES.items() for verb in known}
    assert modelled | set(FOLLOWERS) == verbs
    assert not modelled & set(FOLLOWERS)
    assert modelled <= all_states().verbs
    assert set(FOLLOWERS.values()) <= all_states().verbs


GUARDS = sorted({name for known in RULES.values() for rule in known.values()
                 for name in rule.guards})  # fmt: skip


def strings(path: Path) -> set[str]:
    """Every text that stands in a Python file as such."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


@cache
def told() -> tuple[set[str], set[str]]:
    """The texts of the stages, and those of the tests beside this model."""
    stages = [strings(path) for path in (HOUSE / "stages").rglob("*.py")]
    tests = [strings(path) for path in (ROOT / "tests" / "stages").rglob("test_*.py")]
    return set().union(*stages), set().union(*tests)


@pytest.mark.parametrize("guard", GUARDS)
def test_each_guard_is_kept_by_the_real_action(guard: str) -> None:
    if "::" in guard:
        path, _, test = guard.partition("::")
        assert f"def {test}(" in (ROOT / path).read_text()
        return
    raised, tested = told()
    assert guard in raised, "no action refuses with this code"
    assert guard in tested, "no test sees the real action refuse with this code"


TWICE = "the figures of a notice in force were entered by two people"
#: a guard left out -> what is then found to be broken
PLANTED = {
    "award.propose.exists": "at most one live award",
    "award.annul.same_person": "no award is annulled by one person alone",
    LAPSE: "no wish to annul outlives its award or stands beside a contract",
    "award.propose.open": "no award while two scores differ",
    "opening.prepare.before_deadline": "no opening before the deadline in force",
    "tender.correct.too_late": "no opening before the deadline in force",
    "opening.sign_request.same_person": "no key released before the deadline, nor by one person"
    " alone",
    rules.FINDINGS: "no ranking before the freeze and the verifier's word",
    rules.FROZEN: "no ranking before the freeze and the verifier's word",
    "award.confirm.same_person": "an award in force has two signers",
    "tender.cancel.too_late": "no key of a cancelled tender",
    "tender.second_entry.same_person": TWICE,
    "tender.second_entry.missing": TWICE,
}


@pytest.mark.parametrize("guard", PLANTED)
def test_a_guard_left_out_is_found(guard: str) -> None:
    found = explore([guard])
    assert found.broken == PLANTED[guard]
    assert found.trail


def plant(monkeypatch: pytest.MonkeyPatch, name: str, verb: str, **changed: object) -> None:
    """Change a row of a table in the model's hands only."""
    table = TABLES[name]
    made = [replace(row, **changed) if row.verb == verb else row for row in table.transitions]
    monkeypatch.setitem(TABLES, name, replace(table, transitions=tuple(made)))


def test_a_row_that_lets_a_hold_come_late_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, "opening", "hold", source=("requested", "published"))
    plant(monkeypatch, "tender", "hold", source=("active", "opened", "awarded"))
    assert explore([rules.LATER]).broken == "no award on hold"


def test_a_row_that_confirms_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, "award", "confirm", target="pending")
    assert explore().broken == "a tender is awarded exactly while an award is in force"


@pytest.mark.parametrize(("verb", "state"), [("withdraw", "withdrawn"), ("fail_review", "failed")])
def test_a_wish_that_outlives_the_hold_is_found(
    verb: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves(s: S, _who: str, i: int) -> Iterable[S | None]:
        return rules.call_on(s._replace(exams=put(s.exams, i, state)))

    rule = replace(rules.EXAMINATION[verb], effect=leaves)
    monkeypatch.setitem(rules.EXAMINATION, verb, rule)
    assert explore().broken == "no wish outlives the failure or the hold it is about"


def test_a_wish_for_a_way_out_that_outlives_the_hold_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def aside(s: S, _who: str, _arg: object) -> Iterable[S | None]:
        return (follow(s, "set_aside"),)

    rule = replace(rules.OPENING["set_aside"], effect=aside)
    monkeypatch.setitem(rules.OPENING, "set_aside", rule)
    assert explore().broken == "no wish for a way out outlives the hold"


def test_a_hold_without_a_way_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for verb in ("open_again", "set_aside"):
        plant(monkeypatch, "opening", verb, source=())
    stuck = explore(ends=True).stuck
    assert stuck and {s.tender for s in stuck} == {"hold"}
