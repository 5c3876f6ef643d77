"""The second engine: another program, asked in a process of its own and never imported here."""
