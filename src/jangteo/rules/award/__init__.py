"""One file for each award method; METHODS names them all."""

from jangteo.rules.award import quotation, ranking

METHODS = {"qualification": ranking.rank, "quotation": quotation.rank}
"""Award method -> how its bids are ordered at the opening."""
