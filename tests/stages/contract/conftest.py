"""Databases for what happens at once."""

from tests.committed import committed, migrated

__all__ = ["committed", "migrated"]
