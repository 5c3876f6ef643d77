"""Both engines answer the same case of award arithmetic; where they differ, the case is told."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import jangteo_verify as verify
from jangteo.interfaces.rehearsal.engines import tenders
from jangteo.rules.award import figures

Engine = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(slots=True)
class Report:
    """What came of so many cases.

    counts: how many of each method and outcome; first: number, case and both answers where the
    engines differ first, in the order of numbers.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    different: int = 0
    first: tuple[int, Any, Any, Any] | None = None

    def __iadd__(self, other: "Report") -> "Report":
        self.counts += other.counts
        self.remarks += other.remarks
        self.different += other.different
        self.first = self.first or other.first
        return self


def look(numbers: Iterable[int], seed: int, second: Engine = verify.answer) -> Report:
    """Answer the cases of these numbers twice. second: the engine that the rules are held to."""
    report = Report()
    for number in numbers:
        case = tenders.case(random.Random(f"cases {seed} {number}"))
        rules, verifier = figures.answer(case), second(case)
        report.counts[case["method"], _outcome(rules)] += 1
        report.remarks.update(one["remark"] for one in rules.get("bids", []))
        if rules != verifier:
            report.different += 1
            report.first = report.first or (number, case, rules, verifier)
    return report


def _outcome(answer: dict[str, Any]) -> str:
    """How a case came out; by lot if several stand first together."""
    if "refused" in answer:
        return f"refused {answer['refused']}"
    return "by lot" if len(answer["chosen"]) > 1 else str(answer["outcome"])


def tell(report: Report) -> Sequence[str]:
    """The report in lines; the first difference whole."""
    lines = [f"{report.counts.total():,} cases: {report.different:,} answered differently."]
    for method in sorted({method for method, _ in report.counts}):
        came = {outcome: n for (of, outcome), n in report.counts.items() if of == method}
        said = ", ".join(f"{outcome} {n:,}" for outcome, n in sorted(came.items()))
        lines.append(f"  {method:<14} {sum(came.values()):>7,}: {said}")
    lines.append("  " + ", ".join(f"{name} {n:,}" for name, n in sorted(report.remarks.items())))
    if report.first:
        number, case, rules, verifier = report.first
        lines += [f"FIRST DIFFERENCE, number {number}", _written(case)]
        lines += ["RULES", _written(rules), "VERIFIER", _written(verifier)]
    return lines


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
