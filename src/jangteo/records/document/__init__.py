"""Files with their hash, kept once by content."""
