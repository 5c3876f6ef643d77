"""Everything that set-up installs by our wish is named in NOTICE."""

import json
import re

from tests.docs.pages import ROOT

NOTICE = (ROOT / "NOTICE").read_text()


def test_every_package_we_ask_for_is_named() -> None:
    wanted = set()
    for name in ("requirements.in", "requirements-node.in"):
        lines = (ROOT / name).read_text().splitlines()
        wanted |= {re.split(r"[\[<>=]", line)[0].strip() for line in lines if line[:1].isalpha()}
    browser = json.loads((ROOT / "src" / "jangteo" / "ui" / "package.json").read_text())
    wanted |= {*browser["dependencies"], *browser["devDependencies"]}
    assert len(wanted) > 30
    assert [
        name for name in sorted(wanted) if not re.search(rf"(?m)(?<![\w-]){name}\b", NOTICE)
    ] == []
