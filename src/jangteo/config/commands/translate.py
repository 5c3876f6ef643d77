"""Put the Korean of all screens together; --check names what is missing or doubtful."""

import argparse
import os

from jangteo.config import machine, translations


def run(arguments: list[str]) -> int:
    """Compile into var/locale, or look everything over."""
    parser = argparse.ArgumentParser(prog="./jangteo translate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only look; exit code 1 on problems")
    if not parser.parse_args(arguments).check:
        print(f"{translations.compile_to(machine.var() / 'locale')} sentences")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
    said = translations.problems()
    print("\n".join(said) or "Korean is complete.")
    return 1 if said else 0
