"""The law as functions: no database, no clock, no network, no randomness, no Django."""
