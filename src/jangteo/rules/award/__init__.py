"""One file for each award method; METHODS names them all, also those not offered to notices yet."""

from collections.abc import Mapping

from jangteo.rules.award import (
    comprehensive,
    lowest_price,
    negotiation,
    quotation,
    screening,
    two_stage,
)
from jangteo.rules.award.method import Method

METHODS: Mapping[str, Method] = {
    "qualification": screening.METHOD,
    "quotation": quotation.METHOD,
    "lowest_price": lowest_price.METHOD,
    "two_stage": two_stage.METHOD,
    "simultaneous": two_stage.METHOD,
    "negotiation": negotiation.METHOD,
    "comprehensive": comprehensive.METHOD,
}
"""Award method of a notice -> what is asked of it by tender, opening and award."""
