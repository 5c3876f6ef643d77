"""Registration is open to anyone, so one address may ask only so often; not so in a practice world.

The count is kept by the web process and by real time: it protects a machine, it decides nothing.
"""

from django.conf import settings
from django.core.cache import cache

from jangteo.ground.errors import N_, Refusal

MOST = 20
HOUR = 3600


def count(address: str) -> None:
    """Count one request to be registered; Refusal `registration.too_many` (429) above the limit."""
    if settings.SANDBOX:
        return
    key = f"registration:{address}"
    cache.add(key, 0, HOUR)
    try:
        asked = cache.incr(key)
    except ValueError:  # the hour ended between the two
        return
    if asked > MOST:
        raise Refusal(
            "registration.too_many",
            N_("Too many registrations came from this address in the last hour."),
            repair=N_("Wait an hour, then try again."),
            status=429,
        )
