"""A custodian of sealed bids: a process of its own, with its own key file and database role.

It makes keys when asked, checks its own share of every sealed bid as soon as it is in, and gives
its private price key once, after the deadline, when two people ask with the right root.
"""
