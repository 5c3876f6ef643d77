"""What others may ask of this stage."""

from jangteo.stages.delivery.queries.accepted import (
    accepted_on,
    accepted_total,
    completion_accepted,
)
from jangteo.stages.delivery.queries.ahead import ahead
from jangteo.stages.delivery.queries.heard import DeliveryFacts, facts_of
from jangteo.stages.delivery.queries.reading import damages_of, deliveries_of, delivery_for
from jangteo.stages.delivery.queries.rows import (
    DamagesRow,
    DeliveryRow,
    FindingRow,
    InspectionRow,
)
from jangteo.stages.delivery.queries.tasks import inspections_of, tasks_for

__all__ = [
    "DamagesRow",
    "DeliveryFacts",
    "DeliveryRow",
    "FindingRow",
    "InspectionRow",
    "accepted_on",
    "accepted_total",
    "ahead",
    "completion_accepted",
    "damages_of",
    "deliveries_of",
    "delivery_for",
    "facts_of",
    "inspections_of",
    "tasks_for",
]
