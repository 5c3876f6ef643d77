"""Custodians, their keys for each lot, seeds, requests and releases.

scope: "<tender>/<lot>/<round>/<version>/<attempt>", e.g. "R26BK00000001/1/0/000/1": what a key
belongs to; attempt grows when a draft changes after its keys were made.
custodian: officer, platform or audit. All byte strings are base64url without padding.
"""

from django.db import models

from jangteo.records.numbering.queries import new_id


class Identity(models.Model):
    """The Ed25519 (platform, audit) public key a custodian signs with."""

    INSERT_ONLY = True

    custodian = models.CharField(max_length=10, primary_key=True)
    public_key = models.CharField(max_length=100)
    enrolled_at = models.DateTimeField()


class KeyRequest(models.Model):
    """Asks the platform's and the audit custodian to make keys for a scope with this deadline."""

    INSERT_ONLY = True

    scope = models.CharField(max_length=40, primary_key=True)
    deadline = models.DateTimeField()
    asked_at = models.DateTimeField()


class LotKey(models.Model):
    """A custodian's public keys for a scope, in a statement it signed.

    statement: canonical JSON {"v","scope","custodian","deadline","price","documents"}.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.CharField(max_length=40)
    custodian = models.CharField(max_length=10)
    price_key = models.CharField(max_length=50)
    document_key = models.CharField(max_length=50)
    statement = models.TextField()
    signer_key = models.CharField(max_length=100)
    signature = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "custodian"], name="one_key_a_custodian")
        ]


class OfficerKeyBackup(models.Model):
    """The officer's private halves, wrapped under a passphrase in the browser; useless without."""

    INSERT_ONLY = True

    scope = models.CharField(max_length=40, primary_key=True)
    wrapped = models.TextField()


class Seed(models.Model):
    """Half of the randomness of the 15 prices, sealed to the custodians like a bid.

    maker: agency or platform; sealed: canonical JSON; commitment: hex, over seed and nonce.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.CharField(max_length=40)
    maker = models.CharField(max_length=10)
    sealed = models.TextField()
    commitment = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "maker"], name="one_seed_a_maker")]


class ReleaseRequest(models.Model):
    """Asks for the price keys of a scope.

    statement: canonical JSON {"v","scope","deadline","root","count"};
    signatures: [{"role","account","key","signature"}], contract officer and opening officer.
    """

    INSERT_ONLY = True

    scope = models.CharField(max_length=40, primary_key=True)
    statement = models.TextField()
    signatures = models.JSONField()
    asked_at = models.DateTimeField()


class Release(models.Model):
    """A custodian's private price key for a scope, given once, after the deadline."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.CharField(max_length=40)
    custodian = models.CharField(max_length=10)
    price_private = models.CharField(max_length=50)
    signature = models.CharField(max_length=100)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "custodian"], name="one_release_a_custodian")
        ]


class ReleaseRefusal(models.Model):
    """A custodian said no to a request, and why."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.CharField(max_length=40)
    custodian = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    at = models.DateTimeField()
