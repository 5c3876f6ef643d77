"""Who is acting, and the single answer to "may I"."""

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from jangteo.records.account.models import Account, ApiToken, Membership, SigningKey

#: Roles that stand for the whole platform: they act on things of every organisation.
PLATFORM_ROLES = frozenset({"operator", "system", "anyone"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one organisation, or the platform itself.

    roles: role names held in that organisation at this moment.
    """

    account_id: uuid.UUID | None
    name: str
    party_id: uuid.UUID | None = None
    party_name: str = ""
    party_kind: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The platform acting by itself: a clock, the sequencer, a custodian."""
        return cls(None, name, roles=frozenset({"system"}))

    @classmethod
    def anyone(cls) -> "Actor":
        """A visitor who has not signed in."""
        return cls(None, "", roles=frozenset({"anyone"}))

    @property
    def signed_in(self) -> bool:
        """Whether a person stands behind this actor."""
        return self.account_id is not None


def _in_force(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def actor_for(account: Account, party_id: uuid.UUID | None, *, at: datetime) -> Actor:
    """The actor that an account is in an organisation; for party_id None, in its first one.

    An organisation that is named but no longer has the person gives no role: never another one's.
    """
    rows = Membership.objects.filter(_in_force(at), account=account).select_related("party")
    rows = rows.order_by("since", "id")
    chosen = [row for row in rows if party_id in (None, row.party_id)]
    if not chosen:
        return Actor(account.pk, account.name)
    party = chosen[0].party
    roles = frozenset(row.role for row in chosen if row.party_id == party.pk)
    return Actor(account.pk, account.name, party.pk, party.name, party.kind, roles)


def actor_for_token(token: str, *, at: datetime) -> Actor | None:
    """The actor behind a machine's token, or None if it is unknown or revoked."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = ApiToken.objects.filter(digest=digest, revoked_at=None, account__is_active=True)
    row = found.select_related("account").first()
    return actor_for(row.account, row.party_id, at=at) if row else None


def memberships(account_id: uuid.UUID, *, at: datetime) -> list[tuple[uuid.UUID, str, str]]:
    """(party id, party name, role) of a person's memberships in force."""
    rows = Membership.objects.filter(_in_force(at), account_id=account_id)
    return list(rows.order_by("since", "id").values_list("party_id", "party__name", "role"))


def people_of(party_id: uuid.UUID, *, at: datetime) -> list[tuple[uuid.UUID, str, str]]:
    """(account id, name, role) of everyone who holds a role in an organisation."""
    rows = Membership.objects.filter(_in_force(at), party_id=party_id)
    return list(rows.order_by("since", "id").values_list("account_id", "account__name", "role"))


def parties_with(role: str, *, at: datetime) -> set[uuid.UUID]:
    """The organisations in which somebody holds a role."""
    rows = Membership.objects.filter(_in_force(at), role=role)
    return set(rows.values_list("party_id", flat=True))


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A machine's token in force, without the token itself."""

    id: uuid.UUID
    label: str
    party_name: str
    created_at: datetime


def tokens_of(account_id: uuid.UUID) -> list[TokenRow]:
    """A person's tokens that still work, oldest first."""
    rows = ApiToken.objects.filter(account_id=account_id, revoked_at=None).order_by("created_at")
    return [
        TokenRow(one.pk, one.label, one.party.name, one.created_at)
        for one in rows.select_related("party")
    ]


def signing_keys(account_id: uuid.UUID) -> list[str]:
    """Public keys, base64url, that a person has enrolled and not revoked."""
    rows = SigningKey.objects.filter(account_id=account_id, revoked_at=None)
    return list(rows.order_by("enrolled_at").values_list("public_key", flat=True))


def may(actor: Actor, verb: str, thing: Any) -> bool:
    """Whether an actor may do a verb to a thing: who by its state table, whose by its owner.

    thing: a record with a `state_table`, or its model class for a verb that creates.
    """
    row = thing.state_table.transition(verb)
    roles = actor.roles.intersection(row.who)
    if not roles:
        return False
    if isinstance(thing, type) or roles & PLATFORM_ROLES:
        return True
    return bool(getattr(thing, thing.state_table.owner_of(verb)) == actor.party_id)


def may_filter(actor: Actor, verb: str, model: Any) -> Q:
    """The same policy as `may`, as a query filter for lists of a model."""
    row = model.state_table.transition(verb)
    roles = actor.roles.intersection(row.who)
    if not roles:
        return Q(pk__in=[])
    allowed = Q(status__in=row.source) if row.source else Q()
    if roles & PLATFORM_ROLES:
        return allowed
    return allowed & Q(**{model.state_table.owner_of(verb): actor.party_id})


def account_named(username: str) -> Account | None:
    """The open account of a sign-in name, or None."""
    return Account.objects.filter(username=username, is_active=True).first()
