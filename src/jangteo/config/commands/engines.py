"""Hold the two engines against each other on generated tenders: engines --cases 100000 --seed 1."""

import argparse
import time

from jangteo.interfaces.rehearsal.engines import compare, mutations, work


def run(arguments: list[str]) -> int:
    """Exit code 0: all as it must be; 1: something differs, was missed or refused."""
    parser = argparse.ArgumentParser(prog="./jangteo engines", description=__doc__)
    parser.add_argument(
        "--cases", type=int, metavar="N",
        help="let rules and verifier answer N cases of award arithmetic (docs/figures.md); "
        "the first difference is printed whole",
    )  # fmt: skip
    parser.add_argument(
        "--mutations", type=int, metavar="N",
        help="make N sealed openings, verify each untouched and with one field or byte changed",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    given = parser.parse_args(arguments)
    if given.cases is None and given.mutations is None:
        given.cases = 10_000
    wrong = [
        _compare(given.cases, given.seed) if given.cases else 0,
        _mutations(given.mutations, given.seed) if given.mutations else 0,
    ]
    return max(wrong)


def _compare(count: int, seed: int) -> int:
    began, report = time.monotonic(), compare.Report()
    for part in work.shared(compare.look, count, seed):
        report += part
    print("\n".join(compare.tell(report)))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if report.different else 0


def _mutations(count: int, seed: int) -> int:
    began, report = time.monotonic(), mutations.Report()
    for part in work.shared(mutations.look, count, seed):
        report += part
    print("\n".join(mutations.tell(report)))
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if report.holds else 1
