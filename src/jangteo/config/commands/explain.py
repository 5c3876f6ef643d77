"""Say why a result is what it is, step by step, in Korean and English, from its public door."""

import argparse
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from jangteo.config.machine import Trouble
from jangteo.ui.statutes import in_english

Found = dict[str, Any]
#: the figures in the order of the law: name of the steps, Korean, English, field of the amount
FIGURES = (
    ("rates", "예비가격", "The 15 prices", ""),
    ("draw", "추첨", "The draw", ""),
    ("reserve", "예정가격", "Reserve price", "reserve_price"),
    ("floor", "낙찰하한가", "Floor price", "floor_price"),
    ("net_cost", "순공사원가 98% 기준", "Net-cost line", "net_cost_line"),
    ("outcome", "개찰 결과", "Outcome", ""),
)


def run(arguments: list[str]) -> int:
    """Print the steps of a tender's result; exit code 1 if there is none, 2 without a site."""
    parser = argparse.ArgumentParser(prog="./jangteo explain", description=__doc__)
    parser.add_argument("number", help="number of the tender, such as R26BK00000002")
    usual = os.environ.get("JANGTEO_SITE_URL", "http://localhost:8400")
    parser.add_argument("--site", default=usual, help=f"address of the site; {usual}")
    given = parser.parse_args(arguments)
    korean, english = (ask(given.site, given.number, one) for one in ("ko", "en"))
    if "error" in korean:
        for said in (korean["error"], english["error"]):
            print(said.get("message") or said.get("text") or said["code"])
        return 1
    print("\n".join(lines(korean, english)))
    return 0


def ask(site: str, number: str, language: str) -> Found:
    """The result as the site tells it in a language, or its refusal; Trouble without an answer."""
    url = f"{site.rstrip('/')}/api/v1/tenders/{urllib.request.quote(number)}/result"
    if not url.startswith(("http://", "https://")):
        raise Trouble(f"{site} is no address; begin it with http:// or https://.")
    request = urllib.request.Request(url, headers={"Accept-Language": language})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: Found = json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            found = json.load(error)
        except ValueError:
            raise Trouble(f"{site} answered {error.code}; look whether it is a Jangteo.") from None
    except (OSError, ValueError) as error:
        raise Trouble(
            f"{site} does not answer ({error}); start it with ./jangteo up, or name another "
            "with --site."
        ) from None
    return found


def lines(korean: Found, english: Found) -> Iterator[str]:
    """Each figure with its steps, then each bid with its own: Korean first, English below."""
    yield f"{korean['number']}-{korean['version']:03d}"
    yield f"{korean['text']}\n{english['text']} ({korean['law']})"
    for name, ko, en, amount in FIGURES:
        steps = korean["steps"].get(name, [])
        if steps:
            value = korean.get(amount) if amount else None
            yield f"\n{ko} · {en}" + (f": {value:,}" if value is not None else "")
            yield from _steps(steps, english["steps"][name])
    for one, other in zip(korean["bids"], english["bids"], strict=True):
        amount = f"{one['amount']:,}" if one["amount"] is not None else "–"
        yield f"\n{one['rank'] or '–'} {one['name']} {amount} {one['rate']}".rstrip()
        yield f"  {one['verdict']}\n  {other['verdict']}"
        yield from _steps(one["reasons"], other["reasons"])


def _steps(korean: list[Found], english: list[Found]) -> Iterator[str]:
    for one, other in zip(korean, english, strict=True):
        cited = (one["law"], in_english(one["law"]), one["row"])
        where = " · ".join(part for part in cited if part)
        yield f"  - {one['text']}\n    {other['text']}" + (f"\n    {where}" if where else "")
