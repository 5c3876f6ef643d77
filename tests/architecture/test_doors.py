"""Between stages: call down, and only through the doors; nobody walks across tables."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import HOUSE, imports, module_name, python_files, tree

STAGES = sorted(path.name for path in (HOUSE / "stages").iterdir() if (path / "apps.py").exists())
RECORDS = sorted(path.name for path in (HOUSE / "records").iterdir() if (path / "apps.py").exists())
#: what outsiders may name of a stage
DOORS = {"queries", "actions", "states"}
WIRING = {"urls", "api", "apps", "jobs"}


def outsiders(stage: str) -> list[Path]:
    return [p for p in python_files() if f"jangteo.stages.{stage}" not in module_name(p)]


def passes(importer: str, room: str) -> bool:
    """Whether somebody outside may enter a stage by this room."""
    return room in DOORS or (importer.startswith("jangteo.config") and room in WIRING)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_is_entered_by_its_doors(stage: str) -> None:
    prefix = f"jangteo.stages.{stage}."
    wrong = [
        f"{module_name(path)}:{line} enters {target}"
        for path in outsiders(stage)
        for target, line in imports(path)
        if target.startswith(prefix)
        and not passes(module_name(path), target.removeprefix(prefix).split(".")[0])
    ]
    assert wrong == []


def foreign_fields(stage: str) -> set[str]:
    """Names of foreign keys that leave a stage."""
    names = set()
    for node in ast.walk(tree(HOUSE / "stages" / stage / "models.py")):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        first = node.value.args[0] if node.value.args else None
        away = isinstance(first, ast.Constant) and str(first.value).startswith("jangteo_")
        if away and isinstance(node.targets[0], ast.Name):
            names.add(node.targets[0].id)
    return names


@pytest.mark.parametrize("stage", STAGES)
def test_foreign_keys_across_stages_are_held_not_followed(stage: str) -> None:
    names = foreign_fields(stage)
    wrong = []
    for path in (HOUSE / "stages" / stage).rglob("*.py"):
        if "migrations" in path.parts or path.name == "models.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
                head, *tail = node.arg.split("__")
                if head in names and tail[0] not in {"in", "isnull"}:
                    wrong.append(f"{module_name(path)}:{node.value.lineno} {node.arg}")
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
                "select_related",
                "prefetch_related",
            }:
                given = {a.value.split("__")[0] for a in node.args if isinstance(a, ast.Constant)}
                wrong += [f"{module_name(path)}:{node.lineno} {n}" for n in given & names]
    assert wrong == []


@pytest.mark.parametrize(
    "room", [*(f"stages.{s}" for s in STAGES), *(f"records.{r}" for r in RECORDS)]
)
def test_every_app_sets_its_own_label(room: str) -> None:
    text = (HOUSE / room.replace(".", "/") / "apps.py").read_text()
    assert f'label = "jangteo_{room.split(".")[1]}"' in text


@pytest.mark.parametrize("stage", STAGES)
def test_a_door_plate_holds_text_only(stage: str) -> None:
    body = tree(HOUSE / "stages" / stage / "__init__.py").body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


def test_django_signals_are_not_used() -> None:
    wrong = [
        f"{module_name(path)}:{line}"
        for path in python_files()
        for target, line in imports(path)
        if target.startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert wrong == []
