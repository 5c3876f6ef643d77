"""Which link takes which question, and where each system is reached.

An address comes from the environment variable that the system's card names. A practice world is
given its own simulators there by `processes` and never another address; elsewhere an address that
is not set leaves every message waiting in `ready`.
"""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from jangteo.config import machine
from jangteo.interfaces.links.link import Link
from jangteo.interfaces.links.systems import bank, budget

#: id of a system -> its link
LINKS: Mapping[str, Link] = {link.card.id: link for link in (budget.LINK, bank.LINK)}
#: question -> its link
QUESTIONS: Mapping[str, Link] = {
    question: link for link in LINKS.values() for question in link.card.takes
}


def address(link: Link) -> str:
    """Where a system is reached, "" while nobody has said it.

    A practice world goes nowhere but to loopback, whoever started the process and with whatever
    environment: an order of practice must never move real money.
    """
    said = os.environ.get(link.card.variable, "").strip()
    return said if not machine.sandbox() or _is_loopback(said) else ""


def _is_loopback(said: str) -> bool:
    return urlsplit(said).hostname in ("127.0.0.1", "::1", "localhost")


def simulated(port: int) -> dict[str, str]:
    """The environment of a practice world whose simulators listen on a port of loopback."""
    return {link.card.variable: f"http://127.0.0.1:{port}/{name}" for name, link in LINKS.items()}
