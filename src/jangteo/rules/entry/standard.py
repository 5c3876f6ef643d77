"""Values of which no official text was found: an agency goes by its own published standard."""

from collections.abc import Iterable

from jangteo.ground.errors import N_
from jangteo.rules import dated
from jangteo.rules.entry.finding import WARNING, Finding

CODE = "entry.standard.own"
_SCORES = "국가계약법 시행령 제42조제5항 · 지방계약법 시행령 제42조제2항, 제3항"


def own_standard(rows: Iterable[str], *, scored: bool = True) -> list[Finding]:
    """The one finding of a notice that rests on rows marked assumed; none if it rests on none.

    rows: ids of the dated rows that the notice uses; scored: whether a table scores its candidates,
    or nobody does: where the method scores and no table is known the standard is asked for as well,
    for nobody could be awarded later. Outside a sandbox such a notice is published
    only when the agency names the standard of its own that says the same, and a second person has
    read it there. Law: 국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항.
    """
    found = [row for row in map(dated.row, sorted(set(rows))) if row.sure == "assumed"]
    if not found and not scored:
        text = N_("The platform knows no table by which the candidates of this notice are scored.")
        repair = N_("Name your own published standard with its article; two people score by it.")
        return [Finding(WARNING, CODE, text, repair, _SCORES, "estimated_price", two=True)]
    if not found:
        return []
    text = N_("The platform knows no official text for these values: {rows}.")
    if not scored:
        text = N_("No table scores the candidates, and no official text is known for {rows}.")
    repair = N_("Name your own published standard with its article, where the same values stand.")
    law = " · ".join(dict.fromkeys(row.law for row in found))
    said = "; ".join(f"{row.id} ({', '.join(row.values.values())})" for row in found)
    told = {"rows": said}
    return [Finding(WARNING, CODE, text, repair, law, "floor_rate", found[0].id, told, two=True)]
