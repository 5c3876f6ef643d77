"""Logs tell what happened and nothing that must stay secret, even when people err."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import httpx

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.play import SealedPrice
from tests.promises.place import Notice, Place
from tests.promises.search import dump, encodings, files, hits, pages, plainest
from tests.promises.test_together import prepared

PASSWORD = "Gamaesh-29-Namu-Uja"
PRICE = 873_924_681_353
#: What a person might blurt out at the wrong door.
BLURTED = {"price": PRICE, "amount": f"{PRICE:,}", "picks": [3, 9], "password": PASSWORD}
OWN = ("postgres/", "secrets/")


def secrets(place: Place) -> dict[str, bytes]:
    """Every secret of this run, by name."""
    found = {f"token {n}": token.encode() for n, token in enumerate(place.tokens)}
    folder = place.stack.var / "secrets"
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if not path.is_file() or "lots" in name or name == "owner_url":
            continue
        lines = path.read_text().split("\n")
        found[name] = (lines[1] if name.endswith(".pem") else lines[0]).encode()
        assert len(found[name]) >= 40, name
    for name in ("platform", "audit"):
        raw = base64.b64decode(found[f"custodian_{name}/key"])
        found |= {f"{name} raw": raw, f"{name} hex": raw.hex().encode()}
    return found | {"password": PASSWORD.encode()}


def blunder(place: Place, notice: Notice) -> list[int]:
    """Prices, passwords and tokens sent to wrong doors, in wrong forms; the answers' status."""
    stack, token = place.stack, place.tokens[3]
    body = prepared(place, notice, 1)[0]
    bearer = {"Authorization": f"Bearer {token}"}
    site, api = stack.site_url, f"{stack.site_url}/api/v1"
    tickets = f"{api}/tenders/{notice.number}/tickets"
    answers = []
    with httpx.Client(timeout=60, follow_redirects=False) as client:

        def post(url: str, **how: Any) -> None:
            answers.append(client.post(url, **how).status_code)

        post(f"{stack.intake_url}/bids", json=BLURTED)
        post(f"{stack.intake_url}/bids", json={**body, **BLURTED, "envelope": "AAAA"})
        post(f"{stack.intake_url}/bids?price={PRICE}&token={token}", json=body | {"ticket": "x.y"})
        post(f"{stack.intake_url}/{PRICE}", json=body)
        post(tickets, json=BLURTED, headers=bearer)
        post(tickets, json={"agent_key": str(PRICE)}, headers=bearer)
        post(tickets, content=b'{"price": ' + str(PRICE).encode(), headers=bearer)
        post(f"{tickets}?price={PRICE}&token={token}", json=BLURTED)
        post(tickets, json=BLURTED, headers={"Authorization": f"Bearer {token}x"})
        post(f"{api}/no-such-door?price={PRICE}", json=BLURTED, headers=bearer)
        post(f"{site}/sign-in", data={"login": "replay.supplier.000", "password": PASSWORD})
        login = client.get(f"{site}/sign-in")
        field = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', login.text)
        assert field is not None
        known = {"csrfmiddlewaretoken": field[1], "login": "secret.keeper", "next": "/desk"}
        for word in (PASSWORD + "x", PASSWORD):
            post(f"{site}/sign-in", data=known | {"password": word}, headers={"Referer": site})
        assert client.get(f"{site}/desk").status_code == 200
        post(f"{api}/me/keys", json={"public_key": str(PRICE)}, headers=bearer)
    return answers


def enter(place: Place) -> None:
    """A supplier whose representative signs in with a password."""
    place.doors.as_().post(
        "/registrations/suppliers",
        {
            "name": "비밀 지킴이", "identifier": "2208162517", "region": "11",
            "representative": "김비밀", "address": "서울",
            "licences": [{"code": "0001", "number": "1", "since": "2010-01-04"}],
            "username": "secret.keeper", "password": PASSWORD,
        },
    )  # fmt: skip


def logs(place: Place) -> Iterator[tuple[str, bytes]]:
    yield from files(place.stack.var / "log")
    yield "up.log", (place.stack.var / "up.log").read_bytes()


def test_nothing_secret_is_written_anywhere(place: Place) -> None:
    enter(place)
    notice = place.publish()
    bids = [
        SealedPrice(supplier, PRICE + order, (1 + order, 9 + order))
        for order, supplier in enumerate(place.suppliers[5:8])
    ]
    play.send_bids(place.doors, notice.number, bids)
    answers = blunder(place, notice)
    assert [status for status in answers if status >= 500] == []
    assert len([status for status in answers if status >= 400]) >= 10, answers
    place.settle()
    kept = secrets(place)
    assert {"receipt.pem", "log.pem", "ticket_key", "django_key", "role_app"} <= set(kept)
    said = list(logs(place))
    amounts = {
        f"{PRICE + n} as {name}": data for n in range(3)
        for name, data in encodings(PRICE + n).items() if len(data) > 4
    }  # fmt: skip
    assert hits(said, kept) == []
    assert hits(said, amounts) == []
    assert [name for name, log in said if b"PRIVATE KEY" in log] == []
    with place.connect() as db:
        rows = list(dump(db))
    assert hits(rows, kept | amounts) == []
    assert hits(files(place.stack.var, leave=OWN), kept | amounts) == []
    with place.connect() as db:
        db.execute("checkpoint")
    raw = pages((place.stack.var / "postgres").resolve() / "data")
    assert hits(raw, kept | plainest(amounts)) == []


def test_a_token_is_kept_as_its_digest(place: Place) -> None:
    with place.connect() as db:
        rows = db.execute("select digest from jangteo_account_apitoken").fetchall()
    assert len(rows) >= len(place.tokens)
    assert all(re.fullmatch(r"[0-9a-f]{64}", row[0]) for row in rows)


def test_no_line_of_a_log_names_a_bidder_beside_an_amount(place: Place) -> None:
    numbers = {supplier.identifier for supplier in place.suppliers}
    numbers |= {f"{one[:3]}-{one[3:5]}-{one[5:]}" for one in numbers}
    named = [
        (name, line)
        for name, content in logs(place)
        for line in content.decode(errors="replace").splitlines()
        if any(number in line for number in numbers)
    ]
    assert named == []
