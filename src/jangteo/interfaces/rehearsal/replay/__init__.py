"""Real openings re-enacted through the public doors, and compared with what was published."""
