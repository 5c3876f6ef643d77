"""What was accepted of a contract, for the payment that follows."""

from datetime import date

from django.db.models import Max, Sum

from jangteo.ground.clock import KST
from jangteo.stages.delivery.models import Acceptance, Delivery


def accepted_total(contract_number: str) -> int:
    """Won accepted of a contract so far, 0 before the first acceptance."""
    found = Acceptance.objects.filter(delivery__contract_number=contract_number)
    return found.aggregate(won=Sum("amount"))["won"] or 0


def completion_accepted(contract_number: str) -> bool:
    """Whether the completion of the works was inspected and accepted."""
    found = Delivery.objects.filter(contract_number=contract_number, status="completed")
    return found.exists()


def accepted_on(contract_number: str) -> date | None:
    """The day of the last acceptance in Korea, or None before the first."""
    found = Acceptance.objects.filter(delivery__contract_number=contract_number)
    last = found.aggregate(at=Max("at"))["at"]
    return last.astimezone(KST).date() if last else None
