"""Words that only the shell's pages need: `{% load site %}`."""

from django import template
from django.utils.translation import gettext

from jangteo.ground.errors import N_

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
    "returned": N_("Returned"),
}


@register.filter
def registration_state(status: str) -> str:
    """A registration's state in a word or two."""
    return gettext(_REGISTRATION[status])


_BIDS = {
    "sealed": (N_("Sealed"), "now"),
    "opened": (N_("Opened"), "success"),
    "failed": (N_("Failed"), "warning"),
    "held": (N_("On hold"), "danger"),
    "cancelled": (N_("Cancelled"), "neutral"),
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
