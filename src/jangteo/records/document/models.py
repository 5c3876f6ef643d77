"""Content is kept once by its hash; a document names it for one subject."""

from django.db import models

from jangteo.records.numbering.queries import new_id


class Content(models.Model):
    """sha256: 64 hex digits of the bytes."""

    INSERT_ONLY = True

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField()


class Document(models.Model):
    """A named file of a subject ("tender:R26BK00000001"); kind: notice, drawing, terms, other."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
