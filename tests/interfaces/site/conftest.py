"""Who may look at pages in these tests."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from jangteo.records.account.models import Account

#: somebody's browser: signed in as an account, or nobody's
Browser = Callable[[Account | None], Client]


@pytest.fixture
def browser() -> Browser:
    """Makes a browser that checks CSRF as a real one is checked."""

    def make(account: Account | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        if account is not None:
            client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return make
