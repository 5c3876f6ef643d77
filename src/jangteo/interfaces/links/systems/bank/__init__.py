"""The agency's bank: pays each payee's account through the interbank network (firm banking)."""

from jangteo.interfaces.links.link import Link
from jangteo.interfaces.links.systems.bank.card import CARD
from jangteo.interfaces.links.systems.bank.translate import inquire, order, read

LINK = Link(CARD, order, inquire, read)
