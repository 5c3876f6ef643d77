"""What others may ask of this stage."""

from jangteo.stages.award.queries.tasks import tasks_for

__all__ = ["tasks_for"]
