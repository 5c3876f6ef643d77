"""Korean of every screen: the small files of locale/ko put together, and looked over."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract_python

from jangteo.config.machine import ROOT, SOURCE

KOREAN = ROOT / "locale" / "ko"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)[^{}]*\}(?!\})")


@dataclass
class Found:
    """One sentence: its context and msgid, and where it stands in the source."""

    context: str
    text: str
    places: list[str] = field(default_factory=list)


def compile_to(folder: Path, korean: Path = KOREAN) -> int:
    """Write all of Korean as one machine file under folder; returns how many sentences it has."""
    whole = polib.POFile()
    whole.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "ko",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for path in sorted(korean.glob("*.po")):
        whole.extend(entry for entry in polib.pofile(str(path)) if entry.translated())
    target = folder / "ko" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".new")
    whole.save_as_mofile(str(beside))
    beside.replace(target)
    return len(whole)


def sentences(source: Path = SOURCE) -> dict[tuple[str, str], Found]:
    """Every sentence that a screen can show, from Python and templates."""
    found: dict[tuple[str, str], Found] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            stream = io.BytesIO(path.read_bytes())
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            stream = io.BytesIO(_as_python(path).encode())
        else:
            continue
        for line, context, text in _extract(stream):
            row = found.setdefault((context, text), Found(context, text))
            row.places.append(f"{_place(path)}:{line}")
    return found


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name)


def _as_python(path: Path) -> str:
    from django.utils.translation.template import templatize

    python = templatize(path.read_text(), origin=str(path))
    return "\n".join(line.lstrip() for line in python.splitlines())


def _extract(stream: io.BytesIO) -> Iterator[tuple[int, str, str]]:
    for line, function, texts, _comments in extract_python(
        stream, KEYWORDS, [], {"encoding": "utf-8"}
    ):
        words = list(texts) if isinstance(texts, tuple | list) else [texts]
        context = words.pop(0) if function.startswith("pgettext") else ""
        if words and isinstance(words[0], str) and words[0]:
            yield line, context or "", words[0]


def problems(korean: Path = KOREAN, source: Path = SOURCE) -> list[str]:
    """What is missing, empty, doubtful or differs in its placeholders, one sentence each."""
    said: list[str] = []
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for path in sorted(korean.glob("*.po")):
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                continue
            place = f"{_place(path)}:{entry.linenum}"
            said += _entry_problems(entry, place)
            key, words = (entry.msgctxt or "", entry.msgid), _korean(entry)
            if key in known and known[key][0] != words:
                said.append(f"{place}: differs from {known[key][1]}: {entry.msgid!r}")
            known.setdefault(key, (words, place))
    for key, row in sentences(source).items():
        if key not in known:
            said.append(f"{row.places[0]}: no Korean for {row.text!r}")
    return said


def _korean(entry: polib.POEntry) -> str:
    plural: dict[int, str] = entry.msgstr_plural
    return plural.get(0, "") if plural else str(entry.msgstr)


def _entry_problems(entry: polib.POEntry, place: str) -> list[str]:
    korean = _korean(entry)
    if not korean:
        return [f"{place}: empty: {entry.msgid!r}"]
    if entry.fuzzy:
        return [f"{place}: fuzzy: {entry.msgid!r}"]
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    if _placeholders(korean) != allowed:
        return [f"{place}: placeholders differ: {entry.msgid!r}"]
    return []


def _placeholders(text: str) -> set[str]:
    return {a or b for a, b in PLACEHOLDER.findall(text)}
