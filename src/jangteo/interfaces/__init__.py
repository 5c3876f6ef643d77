"""Doors: the site, the bid intake, the custodians, the public API, rehearsal."""
