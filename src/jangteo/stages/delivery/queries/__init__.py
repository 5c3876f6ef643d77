"""What others may ask of this stage."""

from jangteo.stages.delivery.queries.accepted import (
    accepted_on,
    accepted_total,
    completion_accepted,
)
from jangteo.stages.delivery.queries.tasks import tasks_for

__all__ = ["accepted_on", "accepted_total", "completion_accepted", "tasks_for"]
