"""Articles and rows of tables as people read them, in Korean and in English."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import jangteo
from jangteo.rules import files
from jangteo.ui.rows import TABLES, row_text
from jangteo.ui.sentences import sentence
from jangteo.ui.statutes import in_english
from jangteo.ui.templatetags.ui import law, rule_row

SOURCE = Path(jangteo.__file__).parent
HANGUL = re.compile("[가-힣]")


@pytest.mark.parametrize(
    ("cited", "english"),
    [
        ("국가계약법 제10조제2항", "State Contracts Act, Article 10(2)"),
        (
            "지방계약법 시행령 제42조의3제2항제1호, 제5항",
            "Enforcement Decree of the Local Contracts Act, Article 42-3(2) item 1, paragraph 5",
        ),
        (
            "국가계약법 시행령 제26조제1항제5호가목5)나), 제30조제1항",
            "Enforcement Decree of the State Contracts Act, Article 26(1) item 5(a)(5)(b), "
            "Article 30(1)",
        ),
        (
            "조달청 시설공사 적격심사세부기준 [별표 3·4·5] (국가계약법 시행령 제42조제5항), "
            "부칙 제9269호",
            "PPS Qualification Criteria for Works [Annex 3, 4, 5] (Enforcement Decree of the State "
            "Contracts Act, Article 42(5)), Addenda No. 9269",
        ),
        (
            "지방계약법 시행령 제10조제4항의 위임에 따른 예정가격 작성 기준",
            "Standards for Setting Reserve Prices (under the Enforcement Decree of the Local "
            "Contracts Act, Article 10(4))",
        ),
        ("국가계약법 시행령 제35조제2항 단서", "Enforcement Decree of the State Contracts Act, "
         "Article 35(2), proviso"),
        (
            "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11] E등급, [별표 12] 제1호",
            "PPS Qualification Criteria for Works, Article 4(1), [Annex 11] grade E, "
            "[Annex 12] item 1",
        ),
        ("어느 법 제3조", "어느 법 제3조"),
        ("어느 법의 품목", "어느 법의 품목"),
    ],
)  # fmt: skip
def test_a_citation_in_english(cited: str, english: str) -> None:
    assert in_english(cited) == english


def cited() -> set[str]:
    """Every citation of the rows, the source and the templates."""
    tables = [files.toml(name) for name in files.names()]
    found = {
        one["law"] for whole in tables for one in (whole, *whole.get("row", ())) if "law" in one
    }
    for path in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")):
        if "migrations" not in path.parts:
            found |= set(re.findall(r'"([^"\nA-Za-z{]*제\d+조[^"\nA-Za-z{]*)"', path.read_text()))
    return found


def test_every_citation_there_is_has_its_english() -> None:
    found = cited()
    assert len(found) > 250
    assert {one for one in found if HANGUL.search(in_english(one))} == set()


def test_readers_of_english_get_the_citation_beside_the_english() -> None:
    with override("en"):
        assert law("국가계약법 제10조") == (
            '<span class="jt-law" title="국가계약법 제10조">State Contracts Act, Article 10</span>'
        )
    with override("ko"):
        assert law("국가계약법 제10조") == '<span class="jt-law">국가계약법 제10조</span>'
        assert law("<b>") == '<span class="jt-law">&lt;b&gt;</span>'
    assert law("") == ""


def test_no_template_shows_an_article_or_a_row_on_its_own() -> None:
    """All go through `law` and `rule_row`."""
    bare = re.compile(r'class="jt-(law|row)">|\{\{ [\w.]*\.(law|article|row) \}\}')
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.html")
        if bare.search(path.read_text())
    }
    # the verifier's numbered checks, and the paragraphs of a contract's papers
    assert found == {
        "stages/opening/templates/opening/why.html",
        "stages/opening/templates/opening/parts/ranking.html",
        "stages/contract/templates/contract/parts/papers.html",
    }


def test_every_table_has_words_for_its_rows() -> None:
    assert set(TABLES) == set(files.names())
    with override("ko"):
        assert not [name for name in TABLES if not HANGUL.search(row_text(f"{name}:gone"))]


def test_a_row_says_what_it_is_about_and_since_when() -> None:
    row_id = "price/floor_rate:local-under-1bn-2025-07-01"
    with override("en"):
        assert row_text(row_id) == "Floor rate of the award, in force since Tue 1 Jul 2025"
        assert rule_row(row_id) == (
            f'<span class="jt-row" title="{row_id}">'
            "Floor rate of the award, in force since Tue 1 Jul 2025</span>"
        )
    with override("ko"):
        assert row_text(row_id) == "낙찰하한율, 2025. 7. 1.(화)부터 적용"
        assert row_text("price/unit:nobody-knows-it") == "예비가격 단위"
    assert row_text("elsewhere/table:row") == "elsewhere/table:row"
    with override("en"):
        assert row_text("eligibility/licences:4992").endswith("(assumed: no official text at hand)")


def test_rows_within_a_sentence_are_said_in_words_too() -> None:
    rows = "price/floor_rate:local-under-1bn-2025-07-01 (89.745); elsewhere/table:row"
    with override("ko"):
        assert sentence("{rows}", {"rows": rows}) == (
            "낙찰하한율, 2025. 7. 1.(화)부터 적용 (89.745); elsewhere/table:row"
        )
