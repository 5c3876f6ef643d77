"""Accounts, memberships, tokens and the keys people sign with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jangteo.records.numbering.queries import new_id


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; a password of None means that no password signs in."""

    def create_user(self, username: str, name: str, password: str | None = None) -> "Account":
        account = self.model(username=username, name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person. What the person may do stands in memberships, never here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="ko")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = AccountManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in an organisation, from (inclusive) – until (exclusive)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "party", "role"],
                condition=models.Q(until=None),
                name="one_open_membership",
            )
        ]


class ApiToken(models.Model):
    """A machine's key; only its SHA-256 is kept. It acts as one person for one organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class SigningKey(models.Model):
    """The public half (P-256, uncompressed point, base64url) of a key a person signs with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=100, unique=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
