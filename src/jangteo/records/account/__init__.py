"""People, what they may do for which organisation, their machine tokens and signing keys."""
