"""Hold the two engines against each other: engines --mutations 1000; all made from a seed."""

import argparse
import time

from jangteo.interfaces.rehearsal.engines import mutations, work


def run(arguments: list[str]) -> int:
    """Exit code 0: all as it must be; 1: something differs, was missed or refused."""
    parser = argparse.ArgumentParser(prog="./jangteo engines", description=__doc__)
    parser.add_argument(
        "--mutations", type=int, default=1000, metavar="N",
        help="make N bundles, verify each untouched and with one field or byte changed",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    given = parser.parse_args(arguments)
    return _mutations(given.mutations, given.seed)


def _mutations(count: int, seed: int) -> int:
    began, report = time.monotonic(), mutations.Report()
    for part in work.shared(mutations.look, count, seed):
        report += part
    print("\n".join(mutations.tell(report)))
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if report.holds else 1
