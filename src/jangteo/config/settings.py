"""Django's settings, read from the environment that the supervisor prepares.

JANGTEO_VAR       folder of everything made on this machine: secrets, static files, logs
DATABASE_URL      the database as this process may use it
JANGTEO_SANDBOX   "1" in a practice world: marked on every page, its clock can be moved forward;
                  `./jangteo up` sets it unless told 0, and whatever else is unset is no sandbox
JANGTEO_SITE_URL, JANGTEO_INTAKE_URL   where people reach the site and the bid intake
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from jangteo.config import logs, switchboard
from jangteo.config.apps import INSTALLED
from jangteo.ui import strict

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("JANGTEO_VAR", ROOT / "var")).resolve()
SANDBOX = os.environ.get("JANGTEO_SANDBOX") == "1"
#: the tests ask for it: a template that names what nobody gave fails, and shows not just nothing
STRICT = SANDBOX and os.environ.get("JANGTEO_STRICT") == "1"
SITE_URL = os.environ.get("JANGTEO_SITE_URL", "http://localhost:8400")
INTAKE_URL = os.environ.get("JANGTEO_INTAKE_URL", "http://localhost:8401")
SECURE = SITE_URL.startswith("https://")
#: seconds until the second engine's silence about one score is no answer: it needs a fraction of
#: one, a busy machine some; an officer waits so long at most, and two people have to end the hold
SCORE_PATIENCE = 10


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "jangteo",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or 5432),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _secret(name: str) -> str:
    """A secret made at first start; only tools that open no door may run without it.

    wsgi, worker and intake refuse to start where it is missing: `secrets.require`.
    """
    path = VAR / "secrets" / name
    return path.read_text().strip() if path.exists() else f"not-a-secret-{name}-tools-only"


SECRET_KEY = _secret("django_key")
TICKET_KEY = _secret("ticket_key")
SECRETS = VAR / "secrets"
#: the card of each system, and whether somebody has given its address
LINKS = [(link.card, bool(switchboard.address(link))) for link in switchboard.LINKS.values()]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("JANGTEO_HOSTS", "localhost,127.0.0.1,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
INSTALLED_APPS = INSTALLED
ROOT_URLCONF = "jangteo.config.urls"
WSGI_APPLICATION = "jangteo.config.wsgi.application"
DATABASES = {
    "default": _database(
        os.environ.get("DATABASE_URL", "postgresql://jangteo@127.0.0.1:5432/jangteo")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "jangteo_account.Account"

_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
    {"NAME": f"{_CHECKS}.NumericPasswordValidator"},
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jangteo.ui.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jangteo.interfaces.site.middleware.RequestContext",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jangteo.interfaces.site.context.page",
            ],
            "string_if_invalid": strict.Missing() if STRICT else "",
        },
    }
]

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [VAR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
BROWSER_PACKAGES = VAR / "browser" / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "jangteo.ui.npm.PackageFinder",
]
STORAGES = {"staticfiles": {"BACKEND": "jangteo.ui.static_files.HashedStaticFiles"}}

OFFICIAL = os.environ.get("JANGTEO_OFFICIAL", "") == "1" and not SANDBOX
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", INTAKE_URL],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/desk"
ACCOUNT_ADAPTER = "jangteo.interfaces.site.signin.Adapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}

CSRF_FAILURE_VIEW = "jangteo.interfaces.site.failures.csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = logs.LOGGING
logs.use()
