"""Measurements, each on throw-away data of its own; `./jangteo bench` runs them."""
