"""Packs jangteo-verify with the standard library alone, so that installing it needs no network.

pip finds it by `build-backend` in pyproject.toml (PEP 517); nothing else uses it.
"""

import base64
import hashlib
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCES = ("jangteo_verify.py", "packing.py", "pyproject.toml", "README.md")


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    return project


def _stem(project: dict[str, Any]) -> str:
    return f"{project['name'].replace('-', '_')}-{project['version']}"


def _contents(project: dict[str, Any]) -> dict[str, bytes]:
    """What lies in the wheel but its list of contents."""
    info = f"{_stem(project)}.dist-info"
    about = {
        "Metadata-Version": "2.1", "Name": project["name"], "Version": project["version"],
        "Summary": project["description"], "License": project["license"]["text"],
        "Requires-Python": project["requires-python"],
    }  # fmt: skip
    lines = [f"{name}: {value}" for name, value in about.items()]
    lines += [f"Requires-Dist: {needed}" for needed in project["dependencies"]]
    scripts = [f"{name} = {place}" for name, place in project["scripts"].items()]
    wheel = ["Wheel-Version: 1.0", "Generator: packing.py", "Root-Is-Purelib: true"]
    texts = {
        "METADATA": lines,
        "WHEEL": [*wheel, "Tag: py3-none-any"],
        "entry_points.txt": ["[console_scripts]", *scripts],
    }
    files = {"jangteo_verify.py": (HERE / "jangteo_verify.py").read_bytes()}
    return files | {
        f"{info}/{name}": "\n".join([*said, ""]).encode() for name, said in texts.items()
    }


def build_wheel(folder: str, settings: Any = None, metadata: Any = None) -> str:
    """Write the wheel into the folder; its file's name."""
    project = _project()
    files = _contents(project)
    record = f"{_stem(project)}.dist-info/RECORD"
    listed = [f"{record},,"]
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        listed.append(f"{name},sha256={digest},{len(data)}")
    made = f"{_stem(project)}-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / made, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in [*files.items(), (record, "\n".join([*listed, ""]).encode())]:
            wheel.writestr(name, data)
    return made


def build_sdist(folder: str, settings: Any = None) -> str:
    """Write the sources into the folder; their file's name."""
    stem = _stem(_project())
    with tarfile.open(Path(folder) / f"{stem}.tar.gz", "w:gz") as packed:
        for name in SOURCES:
            packed.add(HERE / name, f"{stem}/{name}")
    return f"{stem}.tar.gz"
