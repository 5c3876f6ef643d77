"""The advance (선금): how much of it is settled with each progress payment."""

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason

LAW = "국고금 관리법 시행령 제40조 · 정부 입찰·계약 집행기준"


def settled_advance(*, contract: int, advance: int, progress: int) -> tuple[int, Reason]:
    """At least advance × progress / contract, a fraction of a won counting as a whole one.

    contract, progress: won of the whole contract and of this progress; never more than the
    advance. Law: the standard is known from digests only, its rounding is assumed. Fault if the
    progress or the advance exceeds the contract.
    """
    if not (0 <= progress <= contract and 0 <= advance <= contract and contract):
        raise Fault("neither an advance nor progress exceeds the contract")
    found = -(-advance * progress // contract)
    text = N_("{advance:,} × {progress:,} / {contract:,}, rounded up, is {found:,} won.")
    said = {"advance": advance, "progress": progress, "contract": contract, "found": found}
    return found, Reason("payment.advance.settled", text, said, LAW)
