"""The practice world and its builders, replay, demo, benches: through HTTP and doors only."""
