"""The practice world: believable agencies, suppliers and tenders in every state, dated to today.

It is played through the public doors on a clock that starts months ago and arrives at the present,
by the same functions that replay, demo and the tests use.
"""
