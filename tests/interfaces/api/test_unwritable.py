"""Characters that PostgreSQL cannot hold are refused once, at the door, never a crash."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PATHS = (
    "/api/v1/tenders?q=%00",
    "/api/v1/tenders?region=%00",
    "/api/v1/tenders/%00",
    "/api/v1/tenders/%00/result",
    "/tenders/%00",
)


@pytest.mark.parametrize("path", PATHS)
def test_nul_in_an_address_is_refused(path: str) -> None:
    assert Client().get(path).status_code == 400


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "\\udfff x"])
def test_a_json_body_that_cannot_be_written_is_refused(text: str) -> None:
    body = '{"title": "' + text + '"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "request.malformed"


def test_a_whole_pair_of_surrogates_is_a_letter() -> None:
    body = '{"title": "\\ud83d\\ude00"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert answer.status_code == 401
