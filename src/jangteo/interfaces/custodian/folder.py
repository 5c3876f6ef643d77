"""A custodian's own folder: its key file, and each lot's private halves wrapped under it."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cryptography.exceptions import InvalidTag

from jangteo.ground.errors import Fault
from jangteo.records.vault import custody
from jangteo.records.vault.canonical import digest
from jangteo.records.vault.custody import Custodian, Lot


def one_user(secrets_folder: Path, name: str) -> bool:
    """Whether this process can read what others must keep from it, so keeps nothing from them."""
    own = secrets_folder / f"custodian_{name}"
    others = [path for path in secrets_folder.rglob("*") if path.is_file()]
    return any(os.access(path, os.R_OK) for path in others if own not in path.parents)


def lock(path: Path) -> int:
    """Hold a custodian's folder until this process ends; Fault if another process holds it."""
    held = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise Fault(f"Another process already works as the custodian of {path}.") from error
    return held


class Folder:
    """Reads and writes lots; a crash between leaves the old record whole."""

    def __init__(self, path: Path, own: Custodian) -> None:
        self._path, self._own = path / "lots", own
        self._path.mkdir(mode=0o700, exist_ok=True)
        self._path.chmod(0o700)
        self._lots = {lot.scope: lot for lot in self._read()}

    def _read(self) -> Iterator[Lot]:
        for file in sorted(self._path.glob("*.json")):
            try:
                yield custody.unwrap(self._own, file.read_text())
            except (InvalidTag, ValueError, KeyError) as error:
                raise Fault(f"{file.name} was changed or is another's") from error

    def get(self, scope: str) -> Lot | None:
        """The lot of a scope, or None."""
        return self._lots.get(scope)

    def of_version(self, prefix: str) -> list[Lot]:
        """The lots of all attempts of "<tender>/<lot>/<round>/<version>"."""
        return [lot for scope, lot in self._lots.items() if scope.startswith(prefix + "/")]

    def keep(self, lot: Lot) -> None:
        """Write a lot to disk before anybody learns of it."""
        path = self._path / f"{digest(lot.scope.encode())[:40]}.json"
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(custody.wrap(self._own, lot, secrets.token_bytes(12)))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        self._lots[lot.scope] = lot

    def note_release(self, lot: Lot, statement: str) -> Lot:
        """Remember which request was answered with the key, before it is given."""
        noted = replace(lot, released=digest(statement.encode()))
        self.keep(noted)
        return noted
