"""What others may ask of this stage."""

from jangteo.stages.award.queries.awards import award_named, award_of, awards_in, awards_of
from jangteo.stages.award.queries.rows import AwardRow, ExaminationRow, ReviewRow
from jangteo.stages.award.queries.tasks import tasks_for

__all__ = [
    "AwardRow",
    "ExaminationRow",
    "ReviewRow",
    "award_named",
    "award_of",
    "awards_in",
    "awards_of",
    "tasks_for",
]
