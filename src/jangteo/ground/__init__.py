"""Values that know nothing of procurement; standard library only."""
