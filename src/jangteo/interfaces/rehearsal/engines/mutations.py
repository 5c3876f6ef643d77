"""Whatever is changed in a bundle is found, and an untouched one is never refused."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jangteo.interfaces.rehearsal.engines import changes, openings, terms


@dataclass(slots=True)
class Report:
    """What came of so many bundles, each verified untouched and with one change.

    kinds: how many of each; refused: untouched bundles with a difference; computed: changes found
    without the published hash; hashed: places of those found by it alone; missed: of those by
    nothing, and of those that should have been found without the hash.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    computed: int = 0
    hashed: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Report") -> "Report":
        self.kinds += other.kinds
        self.hashed += other.hashed
        self.computed += other.computed
        self.refused += other.refused
        self.missed += other.missed
        return self

    @property
    def holds(self) -> bool:
        """Whether all changes were found and no untouched bundle was refused."""
        return not self.refused and not self.missed


def look(numbers: Iterable[int], seed: int) -> Report:
    """Make the bundles of these numbers, change each once, and verify all of them."""
    report = Report()
    for number in numbers:
        _look_at(number, seed, report)
    return report


def _look_at(number: int, seed: int, report: Report) -> None:
    chance = random.Random(f"mutations {seed} {number}")
    kind, data = openings.bundle(chance, terms.KINDS[number % len(terms.KINDS)])
    report.kinds[kind] += 1
    digest = hashlib.sha256(data).hexdigest()
    said = f"{kind}, number {number} of seed {seed}"
    if differing := changes.found(data, digest):
        report.refused.append(f"{said}: {', '.join(differing)}")
    # by the count within its kind, so that every kind gets both ways
    change = (changes.change_field, changes.change_byte)[number // len(terms.KINDS) % 2]
    forged = change(data, chance)
    if changes.found(forged):
        report.computed += 1
        return
    places = changes.differing(data, forged)
    named = ", ".join(".".join(map(str, place)) for place in places)
    if changes.found(forged, digest) and changes.excused(data, forged):
        report.hashed[changes.plain(places)] += 1
    else:
        report.missed.append(f"{said}: {named}")


def tell(report: Report) -> Sequence[str]:
    """The report in lines."""
    count = report.kinds.total()
    kinds = ", ".join(f"{kind} {found}" for kind, found in sorted(report.kinds.items()))
    hashed = report.hashed.total()
    lines = [
        f"{count:,} untouched bundles: {len(report.refused):,} refused ({kinds}).",
        f"{count:,} changes of one field or one byte: {report.computed:,} found by recomputing, "
        f"{hashed:,} by the published SHA-256 alone, {len(report.missed):,} missed.",
    ]
    if hashed:
        places = ", ".join(f"{place} {n}" for place, n in report.hashed.most_common())
        lines.append(f"By the SHA-256 alone, as nothing else covers them: {places}.")
    lines += [f"REFUSED {one}" for one in report.refused]
    lines += [f"MISSED {one}" for one in report.missed]
    return lines
