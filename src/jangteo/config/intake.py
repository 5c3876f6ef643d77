"""The intake process: its app under uvicorn, with logs in the house's form.

python -m jangteo.config.intake HOST PORT [CERTIFICATE KEY]
"""

import sys

import uvicorn

from jangteo.config import logs, machine, secrets


def main(host: str, port: str, certificate: str | None = None, key: str | None = None) -> None:
    """Serve until told to stop; addresses of requests are not logged."""
    secrets.require(machine.var() / "secrets", "ticket_key", "receipt.pem")
    logs.use()
    uvicorn.run(
        "jangteo.interfaces.intake.app:app",
        host=host,
        port=int(port),
        ssl_certfile=certificate,
        ssl_keyfile=key,
        log_config=logs.LOGGING,
        log_level="warning",
        access_log=False,
        backlog=4096,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
