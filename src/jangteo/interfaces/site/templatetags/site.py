"""Words that only the shell's pages need: `{% load site %}`."""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.translation import gettext

from jangteo.ground.errors import N_
from jangteo.interfaces.site.standing import Mine, of_mine
from jangteo.stages.tender.queries import MyTender
from jangteo.stages.tender.states import STANDINGS

register = template.Library()

_CUSTODIANS = {
    "officer": N_("The agency’s opening officer"),
    "platform": N_("The platform"),
    "audit": N_("The audit body"),
}


@register.filter
def custodian_name(key: str) -> str:
    """Who a custodian is, in words."""
    return gettext(_CUSTODIANS[key])


_REGISTRATION = {
    "submitted": N_("To be checked"),
    "active": N_("Registered"),
    "returned": N_("Sent back"),
}


@register.filter
def registration_state(status: str) -> str:
    """A registration's state in a word or two."""
    return gettext(_REGISTRATION[status])


_BIDS = {
    "sealed": (N_("Sealed"), "now"),
    "opened": (STANDINGS["opened"], "success"),
    "failed": (STANDINGS["unsuccessful"], "warning"),
    "held": (STANDINGS["hold"], "danger"),
    "cancelled": (STANDINGS["cancelled"], "neutral"),
    "void": (N_("Void after a correction"), "danger"),
    "malformed": (N_("Malformed"), "danger"),
}


@register.filter
def bid_state(state: str) -> str:
    """A bid's state in a word or two."""
    return gettext(_BIDS[state][0])


@register.filter
def bid_kind(state: str) -> str:
    """The kind of tag for a bid's state."""
    return _BIDS[state][1]


@register.simple_tag
def mine_stands(rows: Sequence[MyTender], at: datetime) -> list[Mine]:
    """Tenders of one's own agency with where they stand."""
    return of_mine(rows, at)
