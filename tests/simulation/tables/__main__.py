"""Visit every state and say what was found.

    PYTHONPATH=src:. python -m tests.simulation.tables [--whole]

--whole keeps what no later verb asks for: many more states, the same answer. Exit code 1 if
something is in a state that must be in none, or a state has no way to an end.
"""

import argparse
import sys
import time

from tests.simulation.tables.explore import MUST, explore


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true", help="keep everything")
    given = parser.parse_args()
    began = time.monotonic()
    found = explore(ends=True, whole=given.whole)
    took = time.monotonic() - began
    print(f"{found.states} states, {found.edges} steps between them, {took:.1f} s")
    for said in MUST:
        print(f"{'BROKEN' if said == found.broken else 'holds '} {said}")
    print("\n".join(found.trail))
    print(f"{len(found.stuck)} states without a way to an end")
    return 1 if found.broken or found.stuck else 0


if __name__ == "__main__":
    sys.exit(main())
