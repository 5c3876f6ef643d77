"""Verbs of this stage. Intake imports from here without Django, so nothing here imports it."""

from typing import Any

from jangteo.stages.bid.actions.receive import note_arrivals, receive_bids

__all__ = [
    "check_signatures",
    "make_ticket",
    "note_arrivals",
    "receipt_keys",
    "receive_bids",
    "tell_malformed",
]

_WITH_DJANGO = {
    "make_ticket": "tickets",
    "receipt_keys": "tickets",
    "check_signatures": "checks",
    "tell_malformed": "checks",
}


def __getattr__(name: str) -> Any:
    """The verbs that need Django, loaded when first asked for."""
    if name not in _WITH_DJANGO:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WITH_DJANGO[name]}"), name)
