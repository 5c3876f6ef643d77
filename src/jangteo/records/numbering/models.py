"""The last number given out, one row a year and stage."""

from django.db import models


class Series(models.Model):
    """year: full year; stage: BK notice, TA contract, DD order plan, BD prior specification."""

    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=2)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "stage"], name="one_series_a_year")]
