"""Mistakes planted in the rules: each changes one place, and what people are told is left alone."""

import ast

from jangteo.interfaces.rehearsal.mutants import running
from jangteo.interfaces.rehearsal.mutants.making import mutants

SOURCE = '''"""A module."""
def floor(price: int, low: int = 1) -> bool:
    """A line."""
    if not price < low + 2:
        raise Fault(f"{price} is not below {low}")
    return min(price, -low) == 3 and N_("said") != "word"
'''


def test_each_place_that_decides_is_changed_once() -> None:
    found = mutants("m", SOURCE)
    assert [(one.line, one.was, one.now) for one in found] == [
        (2, "1", "2"),
        (4, "not price < low + 2", "not not price < low + 2"),
        (4, "price < low + 2", "price <= low + 2"),
        (4, "low + 2", "low - 2"),
        (4, "2", "3"),
        (6, "min(price, -low) == 3 and N_('said') != 'word'",
         "min(price, -low) == 3 or N_('said') != 'word'"),
        (6, "min(price, -low) == 3", "min(price, -low) != 3"),
        (6, "min(price, -low)", "max(price, -low)"),
        (6, "-low", "+low"),
        (6, "3", "4"),
        (6, "N_('said') != 'word'", "N_('said') == 'word'"),
        (6, "'word'", "'word_'"),
    ]  # fmt: skip
    plain = ast.unparse(ast.parse(SOURCE))
    assert len({one.source for one in found} | {plain}) == len(found) + 1


def test_a_seed_chooses_the_same_mistakes_again() -> None:
    one = running.chosen(20, 7)
    assert one == running.chosen(20, 7)
    assert one != running.chosen(20, 8)
    everything = running.chosen(None, 1)
    assert {module.split(".")[2] for module, _, _ in everything} == {"price", "award"}
    assert len(everything) == len({(module, number) for module, _, number in everything})
