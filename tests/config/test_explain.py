"""The explanation of a result is read over HTTP from its public door, in both languages."""

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.test import Client

from jangteo.config.commands import explain
from jangteo.config.machine import Trouble
from tests.stages.opening import ceremony
from tests.stages.opening.examples import ONE, ONE_RATES


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def door(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The real pages, asked on this test's own connection."""
    language = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    answer = Client(headers={"accept-language": language}).get(environ["PATH_INFO"])
    start(f"{answer.status_code} -", [("Content-Type", answer["Content-Type"])])
    return [answer.content]


@pytest.fixture
def site() -> Iterator[WSGIServer]:
    """A server whose requests the test answers itself, on its own connection."""
    with make_server("127.0.0.1", 0, door, handler_class=Quiet) as made:
        made.timeout = 20
        yield made


def asked(site: WSGIServer, number: str) -> int:
    """The exit code of the command, asked in another thread."""
    codes: list[int] = []
    url = f"http://127.0.0.1:{site.server_port}"
    thread = threading.Thread(target=lambda: codes.append(explain.run([number, "--site", url])))
    thread.start()
    for _ in range(2):  # Korean, English
        site.handle_request()
    thread.join(20)
    return codes[0]


def test_each_figure_says_its_steps_in_both_languages(
    db: None, site: WSGIServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ceremony.begin(tmp_path, rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.open()
    capsys.readouterr()
    assert asked(site, made.number) == 0
    said = capsys.readouterr().out
    assert f"{made.number}-000" in said
    assert "예정가격 · Reserve price: 141,804,150" in said
    assert "낙찰하한가 · Floor price: 127,262,135" in said
    assert "price/floor_rate" in said or "89.745" in said
    assert f"1 {made.bidders[0].party.name} 130,000,000" in said
    assert "지방계약법 시행령 제42조" in said


def test_a_tender_without_a_result_is_said_so(
    db: None, site: WSGIServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ceremony.begin(tmp_path, **ONE)
    assert asked(site, made.number) == 1
    said = capsys.readouterr().out
    assert "This tender has not been opened yet." in said
    assert "아직 개찰하지 않은" in said


@pytest.mark.parametrize("site_url", ["http://127.0.0.1:9", "ftp://example.org"])
def test_without_a_site_one_sentence_says_what_to_do(site_url: str) -> None:
    with pytest.raises(Trouble) as caught:
        explain.run(["R26BK00000002", "--site", site_url])
    assert "site" in str(caught.value) or "http://" in str(caught.value)
