"""Who may do what in the database: four roles beside the owner, and their grants as data.

A role's name begins with the database's, so that several databases can share one server:
jangteo_app (web, worker), jangteo_intake, jangteo_custodian_platform, jangteo_custodian_audit.
What is not granted here is refused. Nobody but the owner may empty or change a table of facts.
"""

from collections.abc import Iterable, Mapping

from psycopg import Connection, Cursor, errors, sql

from jangteo.config.machine import Trouble

ROLES = ("app", "intake", "custodian_platform", "custodian_audit")
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")
ADD = ("SELECT", "INSERT")
LOOK = ("SELECT",)

#: Tables that the application only reads, though they are not insert-only.
APP_READS = ("django_migrations",)
INTAKE = {
    "jangteo_tender_gate": LOOK,
    "jangteo_registration_standing": LOOK,
    "jangteo_bid_sealedbid": ADD,
    "jangteo_bid_arrivalnote": ADD,
    "jangteo_journal_entry": ADD,
}
CUSTODIAN = {
    "jangteo_bid_sealedbid": LOOK,
    "jangteo_bid_sharecheck": ADD,
    "jangteo_tender_gate": LOOK,
    "jangteo_tender_noticeversion": LOOK,
    "jangteo_account_signingkey": LOOK,
    "jangteo_account_membership": LOOK,
    "jangteo_party_party": LOOK,
    "jangteo_vault_identity": ADD,
    "jangteo_vault_keyrequest": LOOK,
    "jangteo_vault_lotkey": ADD,
    "jangteo_vault_releaserequest": LOOK,
    "jangteo_vault_release": ADD,
    "jangteo_vault_releaserefusal": ADD,
}
#: What each role but the application's is granted; the platform's custodian makes a seed too.
GRANTED = {
    "intake": INTAKE,
    "custodian_platform": CUSTODIAN | {"jangteo_vault_seed": ADD},
    "custodian_audit": CUSTODIAN,
}
SANDBOX = {"app": {"clock": LOOK, "given_rates": ADD}, None: {"clock": LOOK}}


def insert_only_tables() -> set[str]:
    """The tables of facts: those of models that say INSERT_ONLY."""
    from django.apps import apps

    return {m._meta.db_table for m in apps.get_models() if getattr(m, "INSERT_ONLY", False)}


def role_name(database: str, role: str) -> str:
    """The name of a role in the server."""
    return f"{database}_{role}"


def grants(
    role: str, relations: Iterable[str], insert_only: set[str]
) -> dict[str, tuple[str, ...]]:
    """What a role may do with each table and view of the schema public."""
    relations = set(relations)
    if role == "app":
        return {
            name: LOOK if name in APP_READS else ADD if name in insert_only else ALL
            for name in relations
        }
    return {name: kinds for name, kinds in GRANTED[role].items() if name in relations}


def apply(connection: Connection, passwords: Mapping[str, str], insert_only: set[str]) -> None:
    """Make the roles and their grants, in one transaction; may be repeated at any time."""
    database = connection.info.dbname
    with connection.transaction(), connection.cursor() as cursor:
        relations = _relations(cursor)
        for role in ROLES:
            name = sql.Identifier(role_name(database, role))
            _make_role(cursor, role_name(database, role), passwords[role])
            _clear(cursor, name, database)
            for relation, kinds in grants(role, relations, insert_only).items():
                _grant(cursor, kinds, sql.Identifier("public", relation), name)
            cursor.execute(
                sql.SQL("grant usage, select on all sequences in schema public to {}").format(name)
            )
            _grant_sandbox(cursor, role, name)


def _relations(cursor: Cursor) -> list[str]:
    cursor.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('r', 'v', 'p') and not exists"
        " (select from pg_depend where objid = pg_class.oid and deptype = 'e')"
    )
    return [row[0] for row in cursor.fetchall()]


def _make_role(cursor: Cursor, name: str, password: str) -> None:
    cursor.execute("select true from pg_roles where rolname = %s", [name])
    verb = "alter" if cursor.fetchone() else "create"
    words = sql.SQL("{} role {} with login noinherit password {}").format(
        sql.SQL(verb), sql.Identifier(name), sql.Literal(password)
    )
    try:
        cursor.execute(words)
    except errors.InsufficientPrivilege:
        raise Trouble(
            f"The user of DATABASE_URL may not {verb} the role {name}; give it CREATEROLE "
            "(alter role … createrole) or let it own that role."
        ) from None


def _clear(cursor: Cursor, name: sql.Identifier, database: str) -> None:
    """Take everything back first, so that what an older version granted does not stay."""
    for words in (
        "revoke all on all tables in schema public from {role}",
        "revoke all on all sequences in schema public from {role}",
        "revoke all on database {database} from public",
        "grant connect on database {database} to {role}",
        "grant usage on schema public to {role}",
    ):
        cursor.execute(sql.SQL(words).format(role=name, database=sql.Identifier(database)))


def _grant(
    cursor: Cursor, kinds: tuple[str, ...], relation: sql.Identifier, name: sql.Identifier
) -> None:
    cursor.execute(
        sql.SQL("grant {} on {} to {}").format(
            sql.SQL(", ").join(sql.SQL(kind) for kind in kinds), relation, name
        )
    )


def _grant_sandbox(cursor: Cursor, role: str, name: sql.Identifier) -> None:
    cursor.execute("select to_regnamespace('sandbox') is not null")
    row = cursor.fetchone()
    if row is None or not row[0]:
        return
    cursor.execute(sql.SQL("grant usage on schema sandbox to {}").format(name))
    for table, kinds in SANDBOX.get(role, SANDBOX[None]).items():
        _grant(cursor, kinds, sql.Identifier("sandbox", table), name)
