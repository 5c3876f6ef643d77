"""A custodian of sealed bids: a process of its own, with its own key file and database role."""
