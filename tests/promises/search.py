"""Every way in which a number could have leaked, and every place to look for it."""

import base64
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from jangteo.ground.text import hangul_amount

PAGE = 8192


def _grouped(amount: int) -> set[str]:
    plain = f"{amount:,}"
    return {plain.replace(",", mark) for mark in (",", ".", " ", "_", "'", "\u00a0", "\u202f")}


def texts(amount: int) -> dict[str, str]:
    """The number as people and programs write it."""
    hangul = hangul_amount(amount)
    groups = {f"grouped {n}": text for n, text in enumerate(sorted(_grouped(amount)))}
    return groups | {
        "decimal": str(amount),
        "hangul": hangul,
        "hangul closed": hangul.replace(" ", ""),
        "JSON escaped": hangul.encode("unicode_escape").decode(),
        "hexadecimal": f"{amount:x}",
        "HEXADECIMAL": f"{amount:X}",
        "full width": str(amount).translate({48 + n: 0xFF10 + n for n in range(10)}),
    }


def numbers(amount: int) -> dict[str, bytes]:
    """The number as machines keep it."""
    digits = [int(part) for part in _myriads(amount)]
    found = {
        "8 bytes big": amount.to_bytes(8, "big"),
        "8 bytes little": amount.to_bytes(8, "little"),
        "double little": struct.pack("<d", amount),
        "double big": struct.pack(">d", amount),
        "numeric": b"".join(digit.to_bytes(2, "little") for digit in digits),
    }
    if amount < 2**32:
        found |= {
            "4 bytes big": amount.to_bytes(4, "big"),
            "4 bytes little": amount.to_bytes(4, "little"),
        }
    else:
        size = (amount.bit_length() + 7) // 8
        found |= {
            "short big": amount.to_bytes(size, "big"),
            "short little": amount.to_bytes(size, "little"),
        }
    return found


def _myriads(amount: int) -> list[int]:
    found = []
    while amount:
        amount, rest = divmod(amount, 10_000)
        found.append(rest)
    return found[::-1]


def _base64(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The letters of base64 that do not depend on what stands before and after."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        first = -(-before * 8 // 6)
        last = (before + len(data)) * 8 // 6
        letters = coded[first:last]
        if len(letters) >= 8:
            yield f"{name}, base64 from {before}", letters
            url = letters.translate(bytes.maketrans(b"+/", b"-_"))
            yield f"{name}, base64url from {before}", url


def encodings(amount: int, picks: tuple[int, int] = (0, 0)) -> dict[str, bytes]:
    """Name to bytes of every way that is looked for."""
    raw = numbers(amount)
    if any(picks):
        raw["payload of the envelope"] = amount.to_bytes(8, "big") + bytes(picks)
    found = dict(raw)
    for name, text in texts(amount).items():
        found[name] = text.encode()
        for wide in ("utf-16-le", "utf-16-be"):
            found[f"{name}, {wide}"] = text.encode(wide)
    for name, data in list(found.items()):
        if len(data) >= 5:
            found[f"{name}, hex"] = data.hex().encode()
            found[f"{name}, HEX"] = data.hex().upper().encode()
        found |= dict(_base64(name, data))
    return {name: data for data, name in {data: name for name, data in found.items()}.items()}


def plainest(needles: dict[str, bytes]) -> dict[str, bytes]:
    """Those that are looked for in hundreds of megabytes: hex and base64 of two ways only."""
    coded = (", hex", ", HEX", ", base64")
    return {
        name: data
        for name, data in needles.items()
        if len(data) >= 5
        and (not any(one in name for one in coded) or "decimal, b" in name or "8 bytes big" in name)
    }


def tables(db: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    """(schema, name) of every table that this system has."""
    return db.execute(
        "select schemaname, tablename from pg_tables where schemaname not in"
        " ('pg_catalog', 'information_schema') order by 1, 2"
    ).fetchall()


def dump(db: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Every table as text, as a backup holds it (byte strings in hex), and each byte string raw."""
    for schema, name in tables(db):
        table = sql.Identifier(schema, name)
        with db.cursor() as cursor:
            with cursor.copy(sql.SQL("copy {} to stdout").format(table)) as rows:
                yield f"table {name}", b"".join(bytes(row) for row in rows)
            columns = cursor.execute(
                "select column_name from information_schema.columns where table_schema = %s"
                " and table_name = %s and data_type = 'bytea'", [schema, name],
            ).fetchall()  # fmt: skip
            for (column,) in columns:
                query = sql.SQL("select {} from {}").format(sql.Identifier(column), table)
                values = [bytes(row[0] or b"") for row in cursor.execute(query)]
                yield f"{name}.{column}", b"\n".join(values)


def files(folder: Path, *, leave: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder; links to folders that others share are not followed."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not path.is_symlink() and not name.startswith(tuple(leave)):
            yield name, path.read_bytes()


def pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """A database's own files; a page that was met before, as in copied catalogues, only once."""
    met: set[int] = set()
    for name, content in files(folder):
        found = []
        for start in range(0, len(content), PAGE):
            page = content[start : start + PAGE]
            if (mark := hash(page)) not in met:
                met.add(mark)
                found.append(page)
        yield name, b"".join(found)


def hits(haystacks: Iterable[tuple[str, bytes]], needles: dict[str, bytes]) -> list[str]:
    """The place and the way, each time that something was found somewhere."""
    return [
        f"{place}: {name}"
        for place, content in haystacks
        for name, data in needles.items()
        if data in content
    ]
