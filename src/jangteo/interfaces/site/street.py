"""What became of a tender after its opening, as everybody may know it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from jangteo.stages.award.queries import AwardRow, ExaminationRow, award_of, examinations
from jangteo.stages.contract.queries import ContractRow, contract_of_tender
from jangteo.stages.delivery.queries import accepted_on, completion_accepted
from jangteo.stages.payment.queries import Sums, sums


class Numbered(Protocol):
    """Anything that has a tender's number, its state, and whether its result is published."""

    @property
    def number(self) -> str: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Street:
    """examined: the last candidate called; award: in force; contract: is or was in force.

    completed: the works are accepted in full, on `delivered_on`; sums: where the money stands.
    """

    examined: ExaminationRow | None = None
    award: AwardRow | None = None
    contract: ContractRow | None = None
    completed: bool = False
    delivered_on: date | None = None
    sums: Sums | None = None

    @property
    def paying(self) -> bool:
        """Whether money was asked for and the contract is not paid in full yet."""
        return self.sums is not None and self.sums.claimed > 0

    @property
    def screened_at(self) -> datetime | None:
        """When the last candidate passed, failed or withdrew; None while it is examined."""
        return self.examined.ended_at if self.examined else None


def street(row: Numbered) -> Street:
    """The way of a tender behind its opening; empty before it."""
    if row.status not in ("opened", "awarded", "unsuccessful"):
        return Street()
    called = examinations(row.number)
    award = award_of(row.number) if row.status == "awarded" else None
    found = contract_of_tender(row.number) if award else None
    last = max(called, key=lambda one: (one.called_at, one.rank)) if called else None
    if award:
        last = next((one for one in called if one.id == award.examination_id), last)
    if found is None or not found.stands:
        return Street(last, award)
    done = completion_accepted(found.number)
    on = accepted_on(found.number) if done else None
    return Street(last, award, found, done, on, sums(found.number))
