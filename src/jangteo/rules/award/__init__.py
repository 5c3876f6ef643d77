"""One file for each award method; METHODS and NEEDS name them all."""

from jangteo.rules.award import quotation, ranking, screening

METHODS = {"qualification": ranking.rank, "quotation": quotation.rank}
"""Award method -> how its bids are ordered at the opening."""

NEEDS = {"qualification": screening.NEEDS, "quotation": quotation.NEEDS}
"""Award method -> what its examination gathers beside the price: "papers", "scores"."""
