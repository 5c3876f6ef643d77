"""The deadline-hour door: a lean ASGI app that only takes sealed envelopes."""
