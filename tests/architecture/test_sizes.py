"""Small files, small functions: the hard stops of docs/architecture.md."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import HOUSE, ROOT, module_name, python_files, tree

FILE, FUNCTION, LINE, PARAMETERS, TEMPLATE = 400, 60, 100, 7, 200
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> list[tuple[Path, Function]]:
    found = []
    for path in python_files():
        nodes = ast.walk(tree(path))
        found += [(path, n) for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return found


def test_files_are_short() -> None:
    scripts = [p for kind in ("*.js", "*.css") for p in HOUSE.rglob(kind)]
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*python_files(), *scripts, *(ROOT / "tests").rglob("*.py")]
        if (count := len(path.read_text().splitlines())) > FILE
    }
    assert long == {}


def test_functions_are_short() -> None:
    long = [
        f"{module_name(path)}.{node.name}: {node.end_lineno - node.lineno + 1}"
        for path, node in functions()
        if node.end_lineno and node.end_lineno - node.lineno + 1 > FUNCTION
    ]
    assert long == []


def test_lines_fit_on_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LINE
    ]
    assert long == []


def test_functions_take_few_parameters() -> None:
    many = []
    for path, node in functions():
        arguments = node.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        given = [name for name in names if name not in {"self", "cls", "by", "at"}]
        if len(given) > PARAMETERS and not node.name.startswith("__"):
            many.append(f"{module_name(path)}.{node.name}: {len(given)}")
    assert many == []


def test_templates_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in HOUSE.rglob("*.html")
        if (count := len(path.read_text().splitlines())) > TEMPLATE
    }
    assert long == {}


def test_every_module_begins_with_a_sentence() -> None:
    silent = [
        module_name(path)
        for path in python_files()
        if path.name != "apps.py" and tree(path).body and not ast.get_docstring(tree(path))
    ]
    assert silent == []


@pytest.mark.parametrize("floor", ["ground", "rules", "records"])
def test_public_functions_say_what_they_do(floor: str) -> None:
    silent = [
        f"{module_name(path)}.{node.name}"
        for path, node in functions()
        if module_name(path).startswith(f"jangteo.{floor}.")
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and node in tree(path).body
    ]
    assert silent == []
