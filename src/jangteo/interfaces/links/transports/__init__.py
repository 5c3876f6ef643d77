"""Ways over the line, each once."""
