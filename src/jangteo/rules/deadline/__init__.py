"""Notice periods, corrections and the hours in which bids are taken."""
