"""No page runs or styles anything inline but the one import map that its policy names."""

import base64
import hashlib
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ["/", "/tenders", "/help", "/accessibility", "/gallery", "/sign-in", "/data/log"]


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";")]
    return {part[0]: part[1:] for part in parts if part}


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_allows_our_files_and_one_hash(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    found = directives(policy)
    inline = re.search(r'<script type="importmap">(.*?)</script>', response.content.decode())
    assert inline
    digest = base64.b64encode(hashlib.sha256(inline.group(1).encode()).digest()).decode()
    assert found["script-src"] == ["'self'", f"'sha256-{digest}'"]
    assert found["style-src"] == ["'self'"]
    assert found["default-src"] == ["'none'"]
    assert found["connect-src"] == ["'self'", "http://localhost:8401"]
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_nothing_else_is_inline(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    scripts = re.findall(r"<script(?![^>]*src=)[^>]*>", page)
    assert scripts == ['<script type="importmap">']
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "said"), [("ko", "실제 조달이 아닙니다"), ("en", "real")])
def test_every_page_says_that_it_is_practice_in_its_language(
    client: Client, path: str, language: str, said: str
) -> None:
    page = client.get(path, headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    assert said in page.split("<main")[0]


def test_no_page_names_another_host(client: Client) -> None:
    for path in PAGES:
        page = client.get(path).content.decode()
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
