"""Jangteo (장터): public procurement in the open, from the notice to the last payee."""
