"""What others may ask of this stage."""

from jangteo.stages.award.queries.awards import award_named, award_of, awards_in, awards_of
from jangteo.stages.award.queries.candidates import (
    examination_named,
    examinations,
    examined_as,
    paper,
)
from jangteo.stages.award.queries.mistakes import MistakeRow, Mistakes, mistakes
from jangteo.stages.award.queries.page import AwardPage, Why, award_page, trial, why_not
from jangteo.stages.award.queries.rows import AwardRow, ExaminationRow, ReviewRow
from jangteo.stages.award.queries.tasks import tasks_for

__all__ = [
    "AwardPage",
    "AwardRow",
    "ExaminationRow",
    "MistakeRow",
    "Mistakes",
    "ReviewRow",
    "Why",
    "award_named",
    "award_of",
    "award_page",
    "awards_in",
    "awards_of",
    "examination_named",
    "examinations",
    "examined_as",
    "mistakes",
    "paper",
    "tasks_for",
    "trial",
    "why_not",
]
