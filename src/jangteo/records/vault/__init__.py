"""Sealing and opening: `seal` (anyone), `custody` (one custodian's own key), `unseal` (combine).

The three modules have three import permissions: see docs/envelope.md and the import contracts.
"""
