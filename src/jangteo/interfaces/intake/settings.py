"""What intake reads from its environment and from var/secrets at start."""

import gettext
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jangteo.records.log.note import load_key, origin


@dataclass(frozen=True)
class Settings:
    """database: a PostgreSQL URL; site: the one origin whose pages may send; log: its name."""

    database: str
    site: str
    log: str
    ticket_key: str
    receipt_key: Ed25519PrivateKey
    korean: gettext.NullTranslations


def read_settings() -> Settings:
    """From the environment and the files; KeyError or OSError if one is missing."""
    var = Path(os.environ["JANGTEO_VAR"])
    site = os.environ.get("JANGTEO_SITE_URL", "http://localhost:8400").rstrip("/")
    return Settings(
        database=os.environ["DATABASE_URL"],
        site=site,
        log=origin(site),
        ticket_key=(var / "secrets/ticket_key").read_text().strip(),
        receipt_key=load_key((var / "secrets/receipt.pem").read_bytes()),
        korean=gettext.translation("django", var / "locale", languages=["ko"], fallback=True),
    )
