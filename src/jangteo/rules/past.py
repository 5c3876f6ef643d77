"""The past of the dated tables cannot be edited unseen: each row has a digest from its first day.

rules/data/rows.lock holds a line a row, "<SHA-256 in hex> <table>:<id>", in the order of
the ids. Lines are only ever added, by `./jangteo rules lock`. A row that is not as it was laid down
must say in `corrected` when, what and why, and each of its later forms has a line too, so that the
note of one correction does not cover the next; a row that was laid down cannot vanish. The lock
itself is held against the lines it had in earlier commits, where they are at hand.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jangteo.rules import files

#: a note of less than this says nothing
SHORTEST_NOTE = 20


def digests() -> dict[str, str]:
    """Row id -> digest of what the row says today, its note of correction left out."""
    found = {}
    for name in files.names():
        for row in files.toml(name).get("row", ()):
            found[f"{name}:{row['id']}"] = digest(row)
    return found


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 in hex over what the row says without `corrected`, its names in their order."""
    said = {name: value for name, value in row.items() if name != "corrected"}
    return hashlib.sha256(_text(said).encode()).hexdigest()


def _text(value: Any) -> str:
    """Names and values quoted, so that no two rows read the same; days as ISO texts."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{name!r}: {_text(value[name])}" for name in sorted(value))
        return f"{{{inner}}}"
    return repr(str(value))


def locked() -> dict[str, tuple[str, ...]]:
    """Row id -> digests as the lock has them: the first form, then each correction."""
    return forms(files.lock().splitlines())


def forms(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Row id -> the digests that lines of the lock give it, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line.strip():
            said, row = line.split(" ", 1)
            found[row] = (*found.get(row, ()), said)
    return found


def lost(earlier: Iterable[str], laid: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A sentence for each line of an earlier lock that is gone, or no longer its row's first.

    earlier: lines of the lock as commits had them, the oldest first. Whoever edits a row and its
    line with it is seen here; a correction leaves the old line and adds its own.
    """
    for row, said in forms(earlier).items():
        for one in said:
            if one not in laid.get(row, ()):
                yield (
                    f"{row} was laid down as {one[:12]}… and rows.lock no longer says so; put the "
                    "line back, and say in `corrected` when, what and why"
                )
        if row in laid and said[0] in laid[row][1:]:
            yield f"{row} was laid down as {said[0][:12]}… first, and rows.lock has another before"


def breaches() -> list[str]:
    """Every row that was edited without a note, has vanished, or is not in the lock yet."""
    return list(compare(digests(), locked(), notes()))


def compare(
    today: Mapping[str, str], laid: Mapping[str, tuple[str, ...]], notes: Mapping[str, str]
) -> Iterator[str]:
    """A sentence for each difference that nothing explains; notes: row id -> `corrected`."""
    for row, forms in laid.items():
        if row not in today:
            yield f"{row} was laid down once and is gone; end it with `until` instead"
        elif today[row] != forms[0] and len(notes.get(row, "")) < SHORTEST_NOTE:
            yield f"{row} was edited; say in `corrected` when, what and why"
        elif today[row] != forms[-1]:
            yield f"{row} was corrected; run ./jangteo rules lock, so that this form is kept too"
    for row in today:
        if row not in laid:
            yield f"{row} is not in rows.lock yet; run ./jangteo rules lock"


def lines(
    today: Mapping[str, str], laid: Mapping[str, tuple[str, ...]], notes: Mapping[str, str]
) -> list[str]:
    """The lock with new rows and corrected ones that have their note; nothing is taken away."""
    kept = {row: laid.get(row, ()) for row in {*laid, *today}}
    for row, said in today.items():
        first = not kept[row]
        noted = len(notes.get(row, "")) >= SHORTEST_NOTE
        if first or (noted and kept[row][-1] != said):
            kept[row] = (*kept[row], said)
    return [f"{said} {row}" for row in sorted(kept) for said in kept[row]]


def notes() -> dict[str, str]:
    """Row id -> its note of correction, "" without one."""
    rows = ((name, row) for name in files.names() for row in files.toml(name).get("row", ()))
    return {f"{name}:{row['id']}": str(row.get("corrected", "")) for name, row in rows}
