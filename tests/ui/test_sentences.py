"""Figures, moments and stored sentences as people read them, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from jangteo.ground.errors import N_, Refusal
from jangteo.ui import sentences
from jangteo.ui.templatetags import ui

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ko", "2026. 11. 24.(화) 10:00"), ("en", "Tue 24 Nov 2026, 10:00 KST")],
)
def test_a_moment_is_korean_time_with_its_weekday(language: str, shown: str) -> None:
    with override(language):
        assert sentences.moment_text(AT) == shown


def test_a_day_that_begins_in_korea_is_shown_as_that_day() -> None:
    with override("ko"):
        assert sentences.moment_text(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)).startswith(
            "2027. 1. 1.(금)"
        )


@pytest.mark.parametrize(
    ("language", "midnight", "noon"),
    [
        ("ko", "2026. 12. 31.(목) 24:00", "2026. 11. 24.(화) 10:00"),
        ("en", "Thu 31 Dec 2026, 24:00 KST", "Tue 24 Nov 2026, 10:00 KST"),
    ],
)
def test_a_period_that_ends_at_midnight_ends_on_its_last_day(
    language: str, midnight: str, noon: str
) -> None:
    with override(language):
        assert sentences.until_text(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)) == midnight
        assert sentences.until_text(AT) == noon


@pytest.mark.parametrize(
    ("language", "shown"), [("ko", "1,234,567,890,123원"), ("en", "KRW 1,234,567,890,123")]
)
def test_won_keeps_every_digit(language: str, shown: str) -> None:
    with override(language):
        assert ui.won(1_234_567_890_123) == shown


def test_nothing_is_shown_for_what_is_not_there() -> None:
    assert [ui.won(None), ui.won(""), ui.moment(None), ui.percent(""), ui.day(None)] == [""] * 5  # type: ignore[arg-type]


def test_zero_won_is_shown() -> None:
    with override("ko"):
        assert ui.won(0) == "0원"


@pytest.mark.parametrize(
    ("left", "korean", "english"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3일 4시간 남음", "3 days 4 hours left"),
        (timedelta(hours=1), "1시간 0분 남음", "1 hour 0 minutes left"),
        (timedelta(minutes=42, seconds=10), "42분 남음", "42 minutes left"),
        (timedelta(seconds=1), "1초 남음", "1 second left"),
        (timedelta(0), "", ""),
        (timedelta(seconds=-5), "", ""),
    ],
)
def test_remaining_time_in_its_largest_units(left: timedelta, korean: str, english: str) -> None:
    with override("ko"):
        assert sentences.remaining_text(left) == korean
    with override("en"):
        assert sentences.remaining_text(left) == english


def test_a_sentence_fills_figures_moments_and_codes() -> None:
    text = "{amount} {year} {at} {on} {day} {roles} {many}"
    params = {
        "amount": 1_234_500,
        "year": 2026,
        "at": "2026-11-24T01:00:00+00:00",
        "on": date(2026, 11, 24),
        "day": "2026-11-25",
        "roles": "contract_officer, operator",
        "many": [1, 2],
    }
    with override("en"):
        assert sentences.sentence(text, params) == (
            "1,234,500 2026 Tue 24 Nov 2026, 10:00 KST Tue 24 Nov 2026 Wed 25 Nov 2026 "
            "contract officer, platform operator 1, 2"
        )


@pytest.mark.parametrize(
    "given", ["2026-12-01T15:00:00+00:00", datetime(2026, 12, 1, 15, tzinfo=UTC)]
)
def test_the_end_of_a_period_is_said_as_clocks_say_it(given: object) -> None:
    with override("ko"):
        assert sentences.sentence("{due}", {"due": given}) == "2026. 12. 1.(화) 24:00"
        assert sentences.sentence("{at}", {"at": given}) == "2026. 12. 2.(수) 00:00"


def test_a_figure_obeys_the_format_its_sentence_asks_for() -> None:
    assert sentences.sentence("{n:,} {n:d}", {"n": 5000}) == "5,000 5000"


def test_a_refusal_says_what_how_and_by_which_article() -> None:
    refusal = Refusal(
        "x", N_("This needs {n} won."), repair=N_("Pay."), law="국가계약법 제9조", n=20_000
    )
    with override("en"):
        assert sentences.refusal_text(refusal) == "This needs 20,000 won. Pay. (국가계약법 제9조)"


def test_the_empty_sentence_stays_empty() -> None:
    with override("ko"):
        assert sentences.say("") == "" == sentences.sentence("")


def test_every_known_fact_has_words_and_an_unknown_one_is_still_readable() -> None:
    with override("ko"):
        assert sentences.fact_text("tender.publish") == "공고 게시"
    assert sentences.fact_text("mall.open_shop") == "mall: open shop"


@pytest.mark.parametrize(
    ("count", "shown"), [(812, "812 B"), (24 * 1024, "24 KB"), (3_251_000, "3.1 MB")]
)
def test_sizes_for_people(count: int, shown: str) -> None:
    assert ui.size(count) == shown
