"""Organisations: the agencies that buy and the suppliers that sell (OCDS `parties`)."""
