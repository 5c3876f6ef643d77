"""Makes mutants: a module's source with one operator, number, limit or word changed."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
_NAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}
#: what is written for people is no rule: reasons, refusals, docstrings, types
_SPOKEN = {"N_", "Reason", "Refusal", "Fault", "ValueError", "reason", "TypeVar"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change; was, now: the changed place as Python."""

    module: str
    line: int
    was: str
    now: str
    source: str


def count(source: str) -> int:
    """How many mutants a module has."""
    return sum(1 for _ in _places(ast.parse(source)))


def mutant(module: str, source: str, number: int) -> Mutant:
    """One of them, counted from 0 in the order of their places."""
    tree = ast.parse(source)
    node, change = next(islice(_places(tree), number, None))
    was = ast.unparse(node)
    change()
    return Mutant(module, node.lineno, was, ast.unparse(node), ast.unparse(tree))


def mutants(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module."""
    return [mutant(module, source, number) for number in range(count(source))]


def _places(tree: ast.Module) -> Iterator[tuple[Any, Callable[[], None]]]:
    """Each place that can be changed, with what changes it, in a fixed order."""
    for node in _judging(tree):
        yield from ((node, change) for change in _changes(node))


def _judging(node: ast.AST) -> Iterator[Any]:
    """The nodes that decide something: not what is said to people, not types, not docstrings."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _spoken(child):
                continue
            yield child
            yield from _judging(child)


def _spoken(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return name in _SPOKEN
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: Any) -> Iterator[Callable[[], None]]:
    if isinstance(node, ast.Compare):
        yield from (partial(_turned, node, at) for at in range(len(node.ops)))
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        yield lambda: setattr(node, "op", _COMPUTED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield lambda: setattr(node, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield lambda: _plain(node)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        field = "id" if isinstance(node.func, ast.Name) else "attr"
        name = getattr(node.func, field)
        if name in _NAMED:
            yield lambda: setattr(node.func, field, _NAMED[name])
    elif isinstance(node, ast.If | ast.IfExp) and isinstance(node.test, ast.Name | ast.Attribute):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _turned(node: ast.Compare, at: int) -> None:
    node.ops[at] = _COMPARED[type(node.ops[at])]()


def _plain(node: ast.UnaryOp) -> None:
    """A minus or a `not` taken away."""
    if isinstance(node.op, ast.USub):
        node.op = ast.UAdd()
    else:
        node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _constant(node: ast.Constant) -> Iterator[Callable[[], None]]:
    value = node.value
    if isinstance(value, bool):
        yield lambda: setattr(node, "value", not value)
    elif isinstance(value, int):
        yield lambda: setattr(node, "value", value + 1)
    elif isinstance(value, str) and value.isidentifier() and value.isascii():
        yield lambda: setattr(node, "value", value + "_")
