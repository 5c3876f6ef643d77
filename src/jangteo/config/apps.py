"""The apps of the house, floor by floor."""

RECORDS = [
    f"jangteo.records.{name}.apps.Config"
    for name in (
        "party",
        "account",
        "document",
        "numbering",
        "message",
        "journal",
        "log",
        "vault",
        "exchange",
    )
]
STAGES = [
    f"jangteo.stages.{name}.apps.Config"
    for name in (
        "registration",
        "tender",
        "bid",
        "opening",
        "award",
        "contract",
        "delivery",
        "payment",
    )
]
UI = ["jangteo.ui.apps.Config"]
INTERFACES: list[str] = [
    "jangteo.interfaces.site.apps.Config",
    "jangteo.interfaces.api.apps.Config",
    "jangteo.interfaces.links.apps.Config",
]
LIBRARIES = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "procrastinate.contrib.django",
]
INSTALLED = [*LIBRARIES, *RECORDS, *UI, *STAGES, *INTERFACES]
