"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from jangteo.config import machine, secrets

secrets.require(machine.var() / "secrets", "django_key", "ticket_key", "receipt.pem", "log.pem")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
application = get_wsgi_application()
