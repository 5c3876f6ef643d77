"""One file for each award method; METHODS names them all."""

from jangteo.rules.award.ranking import rank

METHODS = {"qualification": rank}
"""Award method -> how its bids are ordered at the opening."""
