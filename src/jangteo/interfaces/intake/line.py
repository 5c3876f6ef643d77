"""One connection to the database, made when needed and made again after it broke."""

import asyncpg

DATABASE_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError)
AWAY = (OSError, TimeoutError, *DATABASE_ERRORS)


class Line:
    """Waits for durability at every commit, whatever the server's default."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._connection: asyncpg.Connection | None = None

    async def get(self) -> asyncpg.Connection:
        """The open connection; one of AWAY if there can be none."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._database,
                timeout=5,
                server_settings={
                    "application_name": "jangteo-intake",
                    "synchronous_commit": "on",
                    "jit": "off",
                },
            )
        return self._connection

    def drop(self) -> None:
        """Break it off: nothing is known of what was under way."""
        if self._connection is not None:
            self._connection.terminate()
        self._connection = None

    async def __aenter__(self) -> "Line":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.drop()
