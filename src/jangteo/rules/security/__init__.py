"""Securities: how much must be secured, and when the law waives it."""
