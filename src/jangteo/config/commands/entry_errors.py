"""Make errors in good notices and count how many would be published: entry_errors --cases 1000."""

import argparse
import os


def run(arguments: list[str]) -> int:
    """Exit code 0: both aims are met; 1: too many errors pass or too many good ones are held up."""
    parser = argparse.ArgumentParser(prog="./jangteo entry_errors", description=__doc__)
    parser.add_argument(
        "--cases", type=int, default=1_000, metavar="N", help="notices, one error each"
    )
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    parser.add_argument("--missed", action="store_true", help="name every error that passed")
    given = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
    import django

    django.setup()
    from jangteo.interfaces.rehearsal.mistakes.judge import judge, tell

    tally = judge(given.cases, given.seed)
    print("\n".join(tell(tally)))
    if given.missed:
        print("\n".join(tally.missed))
    return 0 if tally.passed else 1
