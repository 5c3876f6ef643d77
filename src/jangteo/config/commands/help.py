"""List every command."""

import ast
from pathlib import Path


def run(arguments: list[str]) -> int:
    """Print each command with the first line of its module."""
    print("Usage: ./jangteo COMMAND [OPTIONS]\n")
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        said = ast.get_docstring(ast.parse(path.read_text())) or ""
        print(f"  {path.stem:<10} {said.splitlines()[0] if said else ''}")
    print("\n./jangteo COMMAND --help tells a command's options.")
    return 0
