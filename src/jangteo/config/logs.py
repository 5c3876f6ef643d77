"""Logs: one JSON object a line on standard output, with the trace of its request.

A sealed value, a password or a personal number never stands in a log, whoever passed it.
"""

import re
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

HIDDEN = frozenset(
    {"envelope", "body", "price", "amount", "picks", "password", "token", "seed", "private",
     "price_private", "wrapped", "ticket", "authorization", "cookie"}
)  # fmt: skip
#: Resident registration numbers, telephone numbers and business numbers, hyphens or not.
PERSONAL = re.compile(r"\b(\d{6}-?[1-8]\d{6}|01\d-?\d{3,4}-?\d{4}|\d{3}-?\d{2}-?\d{5})\b")
#: what opens a payee's page; whoever has it sees the leaf
LINK = re.compile(r"/(w|payees)/[0-9a-f]{32}\.[\w-]+")
ADDRESS = re.compile(r"(postgres(?:ql)?://[^:/\s]+:)[^@\s]+@")


def hide(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Take out what a log may not hold, however deep it lies."""
    for key, value in event.items():
        event[key] = "hidden" if str(key).lower() in HIDDEN else _hidden(value)
    return event


def _hidden(value: Any) -> Any:
    """A value without what may not be logged; bytes are never shown."""
    if isinstance(value, str):
        plain = LINK.sub(r"/\1/hidden", PERSONAL.sub("hidden", value))
        return ADDRESS.sub(r"\1hidden@", plain)
    if isinstance(value, bytes | bytearray | memoryview):
        return "hidden"
    if isinstance(value, Mapping):
        return {
            key: "hidden" if str(key).lower() in HIDDEN else _hidden(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(inner) for inner in value]
    return value


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    hide,
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        }
    },
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}


def use() -> None:
    """Send what structlog's own loggers say the same way; called where settings are read."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
