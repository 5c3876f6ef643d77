"""Real openings re-enacted through the public doors, and compared with what was published."""

from pathlib import Path

#: the project's own case files: facts of openings published as open data
CASES = Path(__file__).parents[1] / "cases" / "openings.jsonl"
