"""The tree's nodes and the checkpoints signed over it; insert-only."""

from django.db import models


class Node(models.Model):
    """The hash of a perfect subtree: level 0 are leaves, index counts from the left."""

    INSERT_ONLY = True

    id = models.BigAutoField(primary_key=True)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_node_a_place")]


class Checkpoint(models.Model):
    """A signed note (C2SP tlog-checkpoint) over the tree of `size` leaves.

    A tree that did not grow is signed again each minute: the note says when.
    """

    INSERT_ONLY = True

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()
