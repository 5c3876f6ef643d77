"""A custodian inside another process: for simulations of a practice world, never for real ones."""

from pathlib import Path

from jangteo.interfaces.custodian import database
from jangteo.interfaces.custodian.database import Db
from jangteo.interfaces.custodian.duties import Duties, Say
from jangteo.interfaces.custodian.folder import Folder
from jangteo.records.vault import custody


def take_up(name: str, folder: Path, db: Db, say: Say) -> Duties:
    """The duties of the custodian whose key file lies in a folder, as after a restart."""
    own = custody.custodian(name, (folder / "key").read_bytes().strip())
    database.enrol(db, name, own.public_key)
    return Duties(own, Folder(folder, own), say)
