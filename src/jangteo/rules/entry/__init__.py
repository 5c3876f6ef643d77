"""How carefully a notice is entered, and whether what was entered can be right."""
