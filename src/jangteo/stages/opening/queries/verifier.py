"""The independent verifier as a file that anyone may take."""

from pathlib import Path

from django.conf import settings


def verifier_program() -> bytes:
    """The source of the verifier, byte for byte the one that every opening is checked with."""
    return (Path(settings.ROOT) / "verifier" / "jangteo_verify.py").read_bytes()
