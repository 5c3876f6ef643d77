"""Enter the platform's operator, if there is none, and print a fresh machine token for it."""

import argparse
import os

from jangteo.config import database


def run(arguments: list[str]) -> int:
    """Print the token; it is the only moment it can be read."""
    argparse.ArgumentParser(prog="./jangteo operator", description=__doc__).parse_args(arguments)
    os.environ["DATABASE_URL"] = database.owner_url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
    import django

    django.setup()
    from jangteo.interfaces.rehearsal.operator import operator_token

    print(operator_token())
    return 0
