"""Runs the tests of the rules against each mutant, every one in a process of its own."""

import importlib.abc
import importlib.machinery
import os
import random
import resource
import sys
import types
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from jangteo import rules
from jangteo.interfaces.rehearsal.mutants import making
from jangteo.interfaces.rehearsal.mutants.making import Mutant

HOME = Path(rules.__file__).parent
ROOT = HOME.parents[2]
ROOMS = ("price", "award")
RULES = (
    "test_worked", "test_figures", "test_methods", "test_comprehensive", "test_whole",
    "test_screening", "test_award", "test_draw", "test_reserve_and_floor", "test_preliminary",
    "test_cases", "test_terms", "test_quotation", "test_openings", "test_who_may",
    "test_score_twice", "test_vat", "test_tiebreak", "test_inputs", "test_difficult_floor",
    "test_screening_difficulty",
)  # fmt: skip
#: tests that ask the rules of these rooms, the quick and telling ones first; the last lets the
#: second engine answer as well
TESTS = (
    *(f"tests/rules/{name}.py" for name in RULES), "tests/interfaces/rehearsal/test_engines.py"
)  # fmt: skip
#: a mutant that computes for more seconds than this loops for ever: noticed
PATIENCE = 60
#: modules that every child loads anew, with the mistake in them
OURS = ("jangteo", "tests")
#: one asks a stage, which needs the suite's settings; one measures time, which notices nothing
LEFT_OUT = (
    "tests/rules/test_quotation.py::test_a_schedule_too_short_names_the_article",
    "tests/interfaces/rehearsal/test_engines.py::"
    "test_sixty_bids_take_less_than_two_seconds_and_the_arithmetic_a_fraction",
)


@dataclass(slots=True)
class Report:
    """killed: mutants that some test noticed; survivors: those that none did."""

    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def chosen(wanted: int | None, seed: int, only: str = "") -> list[tuple[str, str, int]]:
    """Module, source and number of all mutants of both rooms, or of some chosen by the seed.

    only: how the modules begin that are meant, as award/screening.
    """
    found = []
    for room in ROOMS:
        for path in sorted((HOME / room).glob("[!_]*.py")):
            source, module = path.read_text("utf-8"), f"jangteo.rules.{room}.{path.stem}"
            if f"{room}/{path.stem}".startswith(only):
                found += [(module, source, number) for number in range(making.count(source))]
    if wanted is None or wanted >= len(found):
        return found
    return [found[at] for at in sorted(random.Random(seed).sample(range(len(found)), wanted))]


def run(todo: Sequence[tuple[str, str, int]], cores: int = 1) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether it was noticed, in order; so many at once as there are cores."""
    going: deque[tuple[Mutant, int]] = deque()
    for module, source, number in todo:
        if len(going) == cores:
            yield _settled(*going.popleft())
        found = making.mutant(module, source, number)
        going.append((found, _begun(found)))
    yield from (_settled(*one) for one in going)


def tried(mutant: Mutant | None) -> bool:
    """Whether a test fails with this mutant in place of its module; None: the rules as they are."""
    return _noticed(_begun(mutant))


def _settled(mutant: Mutant, child: int) -> tuple[Mutant, bool]:
    return mutant, _noticed(child)


def _begun(mutant: Mutant | None) -> int:
    """The process in which the tests run."""
    child = os.fork()
    if child:
        return child
    os._exit(_in_child(mutant))


def _noticed(child: int) -> bool:
    _, status = os.waitpid(child, 0)
    return status != 0


def _in_child(mutant: Mutant | None) -> int:
    """0 if all tests hold. Whatever the tests print goes nowhere."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    os.chdir(ROOT)
    for name in [one for one in sys.modules if one.startswith(OURS)]:
        del sys.modules[name]
    if mutant:
        sys.meta_path.insert(0, _Changed(mutant))
    return _tests()


def _tests() -> int:
    """The tests without the suite's database and pages; hypothesis the same each time."""
    settings.register_profile(
        "mutants", max_examples=25, derandomize=True, deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    settings.load_profile("mutants")
    plain = ("-c", os.devnull, "--rootdir", ".", "--noconftest", "-p", "no:cacheprovider",
             "-p", "no:django", "-x", "-q")  # fmt: skip
    left = (part for name in LEFT_OUT for part in ("--deselect", name))
    return int(pytest.main([*plain, *left, *TESTS]))


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives one module from the mutant's source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        return importlib.machinery.ModuleSpec(name, self)

    def get_source(self, name: str) -> str:
        return self.mutant.source
