"""Korean is complete, or what is missing is named with its place."""

import gettext
from pathlib import Path

import pytest

from jangteo.config import translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def rooms(tmp_path: Path) -> tuple[Path, Path]:
    """(folder of .po files, folder of source) with one module and one template."""
    korean, source = tmp_path / "ko", tmp_path / "source"
    (source / "templates").mkdir(parents=True)
    korean.mkdir()
    (source / "room.py").write_text('N_("Pay {sum} now.")\ngettext("Save")\nprint("not this")\n')
    (source / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Sign in" %}'
        "{% blocktranslate with n=1 %}{{ n }} bids{% endblocktranslate %}"
    )
    return korean, source


def write(korean: Path, name: str, *pairs: tuple[str, str], mark: str = "") -> None:
    rows = [f'{mark}msgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in pairs]
    (korean / f"{name}.po").write_text(HEAD + "\n".join(rows))


ALL = [
    ("Pay {sum} now.", "{sum}을 내십시오."),
    ("Save", "저장"),
    ("Sign in", "로그인"),
    ("%(n)s bids", "%(n)s건"),
]


def test_a_complete_room_has_no_problem(rooms: tuple[Path, Path]) -> None:
    write(rooms[0], "room", *ALL)
    assert translations.problems(*rooms) == []


def test_what_is_missing_is_named_with_its_place(rooms: tuple[Path, Path]) -> None:
    write(rooms[0], "room", *ALL[1:3])
    assert translations.problems(*rooms) == [
        "room.py:1: no Korean for 'Pay {sum} now.'",
        "page.html:1: no Korean for '%(n)s bids'",
    ]


def test_empty_fuzzy_and_false_placeholders_are_named(rooms: tuple[Path, Path]) -> None:
    write(rooms[0], "a", ("Save", ""), ("Pay {sum} now.", "{total}을 내십시오."))
    write(rooms[0], "b", *ALL[2:], mark="#, fuzzy\n")
    said = translations.problems(*rooms)
    assert [row.partition(": ")[2].partition(": ")[0] for row in said] == [
        "empty", "placeholders differ", "fuzzy", "fuzzy",
    ]  # fmt: skip


def test_two_rooms_must_not_say_the_same_differently(rooms: tuple[Path, Path]) -> None:
    write(rooms[0], "a", *ALL)
    write(rooms[0], "b", ("Save", "보관"))
    said = translations.problems(*rooms)
    assert len(said) == 1
    assert "differs from a.po" in said[0]


def test_the_rooms_are_compiled_into_one(rooms: tuple[Path, Path], tmp_path: Path) -> None:
    write(rooms[0], "a", ALL[0])
    write(rooms[0], "b", ALL[1], ("Empty", ""))
    assert translations.compile_to(tmp_path / "locale", rooms[0]) == 2
    path = tmp_path / "locale" / "ko" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        korean = gettext.GNUTranslations(file)
    assert korean.gettext("Save") == "저장"
    assert korean.gettext("Empty") == "Empty"


def test_the_screens_keep_to_one_word_for_one_thing() -> None:
    """A supplier is "우리 회사" as an agency is "우리 기관"; keys are called as in the glossary."""
    korean = "".join(path.read_text() for path in sorted(translations.KOREAN.glob("*.po")))
    assert [word for word in ("귀사", "우리 업체", "봉인열쇠", "봉인 열쇠") if word in korean] == []
    assert "우리 회사" in korean
    assert "개찰 열쇠" in korean
