"""Preliminary prices and the draw, reserve price, floor price, displayed rates."""
