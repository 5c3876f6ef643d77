"""Runs the command that ./jangteo was asked for."""

import importlib
import pkgutil
import sys

from jangteo.config import commands
from jangteo.config.machine import Trouble, sentence


def names() -> list[str]:
    """Every command: each module of this package is one."""
    found = pkgutil.iter_modules(commands.__path__)
    return sorted(module.name for module in found if not module.name.startswith("_"))


def main(arguments: list[str]) -> int:
    """Run a command; what the user can repair becomes one sentence and exit code 2."""
    name = arguments[0].replace("-", "_") if arguments else "help"
    name = "help" if name in ("_h", "__help") else name
    if name not in names():
        print(f"jangteo: There is no command {name!r}; ./jangteo help lists them.", file=sys.stderr)
        return 2
    try:
        return int(importlib.import_module(f"jangteo.config.commands.{name}").run(arguments[1:]))
    except Trouble as trouble:
        print(f"jangteo: {trouble}", file=sys.stderr)
    except OSError as error:
        said = sentence(error)
        if said is None:
            raise
        print(f"jangteo: {said}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
