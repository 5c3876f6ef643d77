"""The market simulated from a seed: whole processes through the stages' doors, right and wrong.

cast        who takes part            preparing  notices, corrections, cancellations
custodians  in this process           bidding    tickets and envelopes, good and bad
intake      receives as the door does opening    from the preparation to the result
market      what the simulation knows watch      what must hold after every step
run         chooses the steps         figures    a result recomputed in a few lines of its own
"""
