"""Runs the tests of the rules against each mutant, every one in a process of its own."""

import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jangteo import rules
from jangteo.interfaces.rehearsal.mutants import making
from jangteo.interfaces.rehearsal.mutants.making import Mutant

HOME = Path(rules.__file__).parent
ROOT = HOME.parents[2]
ROOMS = ("price", "award")
#: tests that ask the rules of these rooms, the quick and telling ones first
TESTS = (
    "test_worked", "test_figures", "test_methods", "test_comprehensive", "test_whole",
    "test_screening", "test_award", "test_draw", "test_reserve_and_floor", "test_preliminary",
    "test_cases", "test_terms", "test_quotation", "test_openings", "test_who_may",
)  # fmt: skip
#: a mutant that runs longer than this loops for ever: noticed
PATIENCE = 120
#: asks a stage, which needs the suite's settings
LEFT_OUT = ("tests/rules/test_quotation.py::test_a_schedule_too_short_names_the_article",)


@dataclass(slots=True)
class Report:
    """killed: mutants that some test noticed; survivors: those that none did."""

    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def chosen(wanted: int | None, seed: int) -> list[tuple[str, str, int]]:
    """Module, source and number of all mutants of both rooms, or of some chosen by the seed."""
    found = []
    for room in ROOMS:
        for path in sorted((HOME / room).glob("[!_]*.py")):
            source, module = path.read_text("utf-8"), f"jangteo.rules.{room}.{path.stem}"
            found += [(module, source, number) for number in range(making.count(source))]
    if wanted is None or wanted >= len(found):
        return found
    return [found[at] for at in sorted(random.Random(seed).sample(range(len(found)), wanted))]


def run(todo: Sequence[tuple[str, str, int]]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether it was noticed, one process after the other."""
    for module, source, number in todo:
        found = making.mutant(module, source, number)
        yield found, tried(found)


def tried(mutant: Mutant | None) -> bool:
    """Whether a test fails with this mutant in place of its module; None: the rules as they are."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status != 0
    os._exit(_in_child(mutant))


def _in_child(mutant: Mutant | None) -> int:
    """0 if all tests hold. Whatever the tests print goes nowhere."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    signal.alarm(PATIENCE)
    os.chdir(ROOT)
    for name in [one for one in sys.modules if one.startswith(("jangteo.rules", "tests"))]:
        del sys.modules[name]
    if mutant:
        sys.meta_path.insert(0, _Changed(mutant))
    return _tests()


def _tests() -> int:
    """The tests without the suite's database and pages; hypothesis the same each time."""
    import pytest
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutants", max_examples=25, derandomize=True, deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    settings.load_profile("mutants")
    plain = ("-c", os.devnull, "--rootdir", ".", "--noconftest", "-p", "no:cacheprovider",
             "-p", "no:django", "-x", "-q")  # fmt: skip
    left = (part for name in LEFT_OUT for part in ("--deselect", name))
    return int(pytest.main([*plain, *left, *(f"tests/rules/{name}.py" for name in TESTS)]))


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
