"""The columns and constraints of every wish; each stage has a table of its own."""

from django.db import models

from jangteo.records.numbering.queries import new_id


class Asked(models.Model):
    """What one person asks for and another decides: it ends once, in one of four ways, and stays.

    ended: a key of `queries.ENDS`, "" while open; ended_by: None where it lapsed; answer: why it
    was refused. What it is about, and that only one is open about it, the stage adds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reason = models.CharField(max_length=500)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    ended = models.CharField(max_length=10, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended="", ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended="lapsed", ended_at__isnull=False, ended_by__isnull=True)
                | models.Q(
                    ended__in=("confirmed", "refused", "withdrawn"), ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="%(class)s_ends_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(ended__in=("confirmed", "refused"))
                | ~models.Q(asked_by=models.F("ended_by")),
                name="%(class)s_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(ended="refused") & ~models.Q(answer="")
                | ~models.Q(ended="refused") & models.Q(answer=""),
                name="%(class)s_refused_with_a_reason",
            ),
        ]  # fmt: skip

    @property
    def matter(self) -> tuple[str, ...]:
        """What is asked for, as texts; with its reason it is what a second person reads."""
        raise NotImplementedError

    @property
    def decides(self) -> str:
        """The verb of the state table with which a second person confirms it."""
        raise NotImplementedError
