"""Who did it, as a history says it in the reader's language."""

import uuid
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import history

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("ko", "플랫폼"), ("en", "The platform")])
@pytest.mark.parametrize("name", ["payment", "award", "exchange", "system"])
def test_the_platform_is_named_in_the_readers_language(name: str, language: str, said: str) -> None:
    record("sample.done", "sample:1", by=Actor.system(name), at=AT)
    record("sample.done", "sample:1", by=Actor(uuid.uuid4(), "김하늘"), at=AT)
    record("sample.done", "sample:1", by=Actor.anyone(), at=AT)
    facts = history(subject="sample:1")
    assert sorted(one.actor_name for one in facts) == ["", "The platform", "김하늘"]
    with translation.override(language):
        page = Template("{% load ui %}{% include 'ui/components/history.html' %}").render(
            Context({"facts": [("done", one) for one in facts]})
        )
    assert page.count(f'<span class="jt-history-who">{said}</span>') == 1
    assert page.count('<span class="jt-history-who">김하늘</span>') == 1
    assert page.count("jt-history-who") == 2
    assert f">{name}<" not in page
