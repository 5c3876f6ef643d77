"""Reads the dated tables that are installed with the rules; nothing else is ever read."""

import tomllib
from importlib.resources import files as resources
from typing import Any

from jangteo.ground.errors import Fault


def toml(name: str) -> dict[str, Any]:
    """The content of rules/data/<name>.toml. Fault if there is no such table."""
    place = resources("jangteo.rules").joinpath("data", *name.split("/")[:-1])
    file = place.joinpath(name.split("/")[-1] + ".toml")
    if not file.is_file():
        raise Fault(f"there is no dated table {name!r}")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lock() -> str:
    """The text of rules/data/rows.lock, empty before anything was laid down."""
    file = resources("jangteo.rules").joinpath("data", "rows.lock")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def names() -> list[str]:
    """All table names, sorted: "price/unit", …"""
    found = []
    for room in resources("jangteo.rules").joinpath("data").iterdir():
        if room.is_dir():
            found += [
                f"{room.name}/{file.name[:-5]}"
                for file in room.iterdir()
                if file.name.endswith(".toml")
            ]
    return sorted(found)
