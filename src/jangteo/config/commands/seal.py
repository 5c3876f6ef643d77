"""Seal a bid offline, for those who do not want to trust a script that a server sends."""

import argparse
import json
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from jangteo.config.machine import Trouble
from jangteo.ground.errors import Refusal
from jangteo.records.vault import form, seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.statements import CUSTODIANS, read_keys, strangers

STEPS = """It reads the notice as GET /api/v1/tenders/NUMBER gives it, asks for the price (so that
it stands in no shell history), and writes a file with "envelope", "signature", "hash" and
"agent_key". It sends nothing and needs no network. Then, from any machine: POST agent_key to
/api/v1/tenders/NUMBER/tickets, add the "ticket" from the answer to the file, and POST it to /bids
at the intake's address that the answer names. docs/envelope.md describes every byte."""


def run(arguments: list[str]) -> int:
    """Ask for the price, seal, write the file; 2 with one sentence if anything is not in order."""
    parser = argparse.ArgumentParser(prog="./jangteo seal", description=__doc__, epilog=STEPS)
    parser.add_argument("notice", type=Path, help="the notice, a JSON file")
    parser.add_argument("--supplier", required=True, help="your business number, 10 digits")
    parser.add_argument("--picks", required=True, help="two different numbers, as 3,11")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--keys-hash", default="", help="the key set's hash as you know it")
    parser.add_argument(
        "--custodians",
        type=Path,
        default=None,
        help="what GET /api/v1/custodians once answered: the signers you trust",
    )
    parser.add_argument("--manifest", default=form.EMPTY_MANIFEST, help="SHA-256 of the documents")
    said = parser.parse_args(arguments)
    notice = _notice(said.notice)
    keys_hash = _same_keys(notice, said.keys_hash)
    signers = _known_signers(notice, said.custodians)
    price = _whole(_ask("Price in won (not shown): "), "The price")
    picks = tuple(_whole(one, "A pick") for one in said.picks.split(","))
    if len(picks) != 2:
        raise Trouble("Give two numbers with --picks, as in --picks 3,11.")
    made = _seal(notice, said.supplier, said.manifest, price, picks)
    _write(said.out, made)
    print(f"{said.out}: sealed to the keys {keys_hash}")
    print(f"hash of your envelope: {made.hash.hex()}")
    print(signers)
    return 0


def _notice(path: Path) -> dict[str, Any]:
    """The parts of a notice that an envelope names."""
    try:
        said = json.loads(path.read_text())
        lot = said["lots"][0]
        return {
            "tender": said["number"], "lot": lot["id"], "round": lot["round"],
            "version": said["version"], "keys": said["keys"], "keys_hash": said["keys_hash"],
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise Trouble(
            f"{path} is not a notice; save what GET /api/v1/tenders/NUMBER answers."
        ) from None


def _same_keys(notice: dict[str, Any], expected: str) -> str:
    """The hash of the key set, once all three signatures hold and it is the one expected."""
    try:
        keys_hash = read_keys(notice["keys"]).hash
    except Refusal:
        raise Trouble(
            "The custodians' keys in the notice are not signed as they must be; do not bid with "
            "them, and tell the agency and the platform."
        ) from None
    if keys_hash != notice["keys_hash"] or expected not in ("", keys_hash):
        raise Trouble(
            f"The notice's keys have the hash {keys_hash}, another was expected; do not bid with "
            "them, and tell the agency and the platform."
        )
    return keys_hash


def _known_signers(notice: dict[str, Any], path: Path | None) -> str:
    """Who signed the keys, in words; Trouble unless it is who was enrolled by the kept list."""
    signers = read_keys(notice["keys"]).signers
    if path is None:
        named = ", ".join(f"{name} {signers[name]}" for name in CUSTODIANS[1:])
        return f"not compared with --custodians; the keys are signed by {named}"
    try:
        known = {row["custodian"]: row["public_key"] for row in json.loads(path.read_text())}
    except (OSError, ValueError, KeyError, TypeError):
        raise Trouble(f"{path} is not what GET /api/v1/custodians answers.") from None
    if wrong := strangers(signers, known):
        raise Trouble(
            f"The keys of {' and '.join(wrong)} are signed by another than {path} names; do not "
            "bid with them, and tell the agency and the platform."
        )
    return f"the keys are signed by the custodians of {path}"


def _ask(prompt: str) -> str:
    return getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()


def _whole(text: str, what: str) -> int:
    plain = text.strip().replace(",", "")
    if not (plain.isascii() and plain.isdigit()):
        raise Trouble(f"{what} must be a whole number; type digits only.")
    return int(plain)


def _seal(
    notice: dict[str, Any], supplier: str, manifest: str, price: int, picks: tuple[int, ...]
) -> seal.SealedEnvelope:
    context = seal.BidContext(
        notice["tender"], notice["lot"], notice["round"], notice["version"], supplier, manifest
    )
    try:
        made = seal.seal_bid(
            context=context,
            keys_statement=notice["keys"],
            price=price,
            picks=(picks[0], picks[1]),
            agent_private=seal.fresh_signing_key(),
        )
        form.parse(made.envelope)
    except (Refusal, ValueError) as error:
        text = error.text if isinstance(error, Refusal) else f"Nothing was sealed: {error}."
        raise Trouble(text) from None
    return made


def _write(path: Path, made: seal.SealedEnvelope) -> None:
    """For its owner's eyes, and never over another file."""
    said = {
        "envelope": b64u(made.envelope), "signature": b64u(made.signature),
        "hash": made.hash.hex(), "agent_key": made.agent_key,
    }  # fmt: skip
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Trouble(f"{path} exists already; name another file with --out.") from None
    with os.fdopen(opened, "w") as file:
        file.write(json.dumps(said, indent=1) + "\n")
