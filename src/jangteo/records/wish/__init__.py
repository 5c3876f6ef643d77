"""A wish: one person asks, another decides; a stage keeps its own, all end in the same way."""
