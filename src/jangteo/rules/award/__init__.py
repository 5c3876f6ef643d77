"""One file for each award method; METHODS names them all."""

from collections.abc import Mapping

from jangteo.rules.award import quotation, screening
from jangteo.rules.award.method import Method

METHODS: Mapping[str, Method] = {
    "qualification": screening.METHOD,
    "quotation": quotation.METHOD,
}
"""Award method of a notice -> what is asked of it by tender, opening and award."""
