"""Liveness asks nothing of the database: this test has none."""

from django.test import Client


def test_alive_without_a_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"live": True})
