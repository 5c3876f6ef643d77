"""The script in Debian's Chromium, on http://localhost under a strict policy."""

import base64
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from jangteo.records.vault import seal, unseal
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.unseal import OpenedEnvelope
from tests.records.vault.made import SCOPE, SUPPLIER, TENDER, Lot, lot

pytestmark = pytest.mark.journey
MAP = json.dumps(
    {
        "imports": {
            "@hpke/core": "/hpke/core/esm/mod.js",
            "@hpke/common": "/hpke/common/esm/mod.js",
            "jangteo/envelope": "/envelope.js",
        }
    }
)
HASH = base64.b64encode(hashlib.sha256(MAP.encode()).digest()).decode()
POLICY = f"default-src 'none'; script-src 'self' 'sha256-{HASH}'; base-uri 'none'"


class Quiet(SimpleHTTPRequestHandler):
    """Serves the folder under the policy; says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(Path(seal.__file__).parent / "static/vault/envelope.js", folder)
    (folder / "hpke").symlink_to(settings.BROWSER_PACKAGES / "@hpke")
    (folder / "index.html").write_text(
        f'<!doctype html><title>x</title><script type="importmap">{MAP}</script>'
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        yield page
        browser.close()
        assert [line for line in said if "favicon" not in line and "404" not in line] == []


SEAL = """async ({ context, keysText, keysHash, price, picks }) => {
  const envelope = await import("jangteo/envelope");
  const agent = await envelope.freshAgentKey();
  const begun = performance.now();
  const made = await envelope.sealBid({ context, keysText, keysHash, price, picks, agent });
  return { ...made, took: performance.now() - begun };
}"""
SIGNING = """async (owner) => {
  const envelope = await import("jangteo/envelope");
  const key = await envelope.signingKey(owner);
  return { publicKey: key.publicKey, signature: await envelope.signStatement(key, "x") };
}"""
RACE = """async (owner) => {
  const envelope = await import("jangteo/envelope");
  const keys = await Promise.all([1, 2, 3].map(() => envelope.signingKey(owner)));
  return keys.map((key) => key.publicKey);
}"""
STEAL = """async () => {
  const opening = indexedDB.open("jangteo", 1);
  await new Promise((done) => { opening.onsuccess = done; });
  const store = opening.result.transaction("keys").objectStore("keys");
  const request = store.get("signing/a");
  await new Promise((done) => { request.onsuccess = done; });
  const pair = request.result;
  return crypto.subtle.exportKey("pkcs8", pair.privateKey).then(() => "out", (e) => e.name);
}"""
OFFICER = """async ({ scope, deadline }) => {
  const envelope = await import("jangteo/envelope");
  const made = await envelope.makeLotKeys({ scope, deadline });
  const key = await envelope.signingKey("officer");
  const wrapped = await envelope.wrap("열려라 참깨", made.privates);
  const back = await envelope.unwrap("열려라 참깨", wrapped);
  const signature = await envelope.signStatement(key, made.statement);
  const same = back === made.privates;
  return { statement: made.statement, signature, signer: key.publicKey, same };
}"""


def test_a_bid_is_sealed_in_the_browser(page: Page) -> None:
    custody: Lot = lot()
    context = {"tender": TENDER, "lot": "1", "round": 0, "version": 0, "supplier": SUPPLIER}
    given = {"context": context, "price": 1_234_500_000, "picks": [3, 11]}
    given |= {"keysText": custody.keys.text, "keysHash": custody.keys.hash}
    made = page.evaluate(SEAL, given)
    assert made["took"] < 2000
    (found,) = unseal.open_envelopes(
        [made["envelope"].encode()], keys=custody.keys, privates=custody.privates
    )
    assert isinstance(found, OpenedEnvelope)
    assert (found.amount, found.picks) == (1_234_500_000, (3, 11))
    assert seal.verify(made["agentKey"], bytes.fromhex(made["hash"]), unb64u(made["signature"]))


def test_a_signing_key_stays_in_the_browser_and_is_each_persons_own(page: Page) -> None:
    first = page.evaluate(SIGNING, "a")
    page.reload()
    again, other = page.evaluate(SIGNING, "a"), page.evaluate(SIGNING, "b")
    assert first["publicKey"] == again["publicKey"] != other["publicKey"]
    for one in (first, again, other):
        assert seal.verify(one["publicKey"], b"x", unb64u(one["signature"]))
    assert page.evaluate(STEAL) == "InvalidAccessError"
    assert len(set(page.evaluate(RACE, "c"))) == 1


def test_an_officers_keys_are_made_wrapped_and_signed(page: Page) -> None:
    made = page.evaluate(OFFICER, {"scope": SCOPE, "deadline": "2026-12-01T01:00:00Z"})
    assert made["same"] is True
    assert seal.verify(made["signer"], made["statement"].encode(), unb64u(made["signature"]))
