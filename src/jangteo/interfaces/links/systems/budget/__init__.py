"""The agencies' budget systems: money is bound to a contract, and paid out from what is bound."""

from jangteo.interfaces.links.link import Link
from jangteo.interfaces.links.systems.budget.card import CARD
from jangteo.interfaces.links.systems.budget.translate import inquire, order, read

LINK = Link(CARD, order, inquire, read)
