"""The law is pure: rules and ground import an allow-list, and money never meets a float."""

import ast

from tests.architecture.source import imports, module_name, python_files, tree

ALLOWED = {
    "dataclasses", "datetime", "fractions", "decimal", "enum", "re", "typing", "collections",
    "itertools", "functools", "math", "hashlib", "tomllib", "importlib", "types", "__future__",
}  # fmt: skip
#: hmac and unicodedata are deterministic functions of their arguments, like hashlib
ALLOWED |= {"hmac", "unicodedata"}
FLOORS = ("jangteo.ground", "jangteo.rules")
EXACT = (
    *FLOORS,
    "jangteo.records",
    "jangteo.stages",
    "jangteo.interfaces.api",
)


def test_rules_and_ground_import_only_the_allow_list() -> None:
    wrong = []
    for path in python_files():
        name = module_name(path)
        if not name.startswith(FLOORS):
            continue
        for target, line in imports(path):
            own = target.startswith(FLOORS)
            if target.split(".")[0] not in ALLOWED and not own:
                wrong.append(f"{name}:{line} imports {target}")
            if name.startswith("jangteo.ground") and own and not target.startswith(FLOORS[0]):
                wrong.append(f"{name}:{line} looks up to {target}")
            if target.startswith("importlib") and target != "importlib.resources.files":
                wrong.append(f"{name}:{line} imports {target}")
    assert wrong == []


def test_no_float_touches_money_or_rates() -> None:
    wrong = []
    for path in python_files():
        if not module_name(path).startswith(EXACT):
            continue
        for node in ast.walk(tree(path)):
            named = isinstance(node, ast.Name) and node.id == "float"
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
            if named or field or (literal and module_name(path).startswith(FLOORS)):
                wrong.append(f"{module_name(path)}:{node.lineno}")
    assert wrong == []


def test_only_the_rehearsal_of_a_change_puts_draft_rows_into_the_tables() -> None:
    callers = set()
    for path in python_files():
        if any(target == "jangteo.rules.dated.rehearse" for target, _ in imports(path)):
            callers.add(module_name(path))
        for node in ast.walk(tree(path)):
            named = isinstance(node, ast.Attribute) and node.attr == "rehearse"
            if named and isinstance(node.value, ast.Name) and node.value.id == "dated":
                callers.add(module_name(path))
    assert callers == {"jangteo.interfaces.rehearsal.law.change"}
