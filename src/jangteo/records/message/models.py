"""A message to an organisation; read by whoever acts for it."""

from django.db import models

from jangteo.records.numbering.queries import new_id


class Message(models.Model):
    """text: an English msgid with {placeholders}; params fill it; link: a path of this site.

    key makes sending idempotent: a fact delivered twice makes one message.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=160, unique=True)
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
