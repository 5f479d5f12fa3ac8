"""Every setting comes from the environment (see .env.example); the defaults suit a developer."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()  # lets classes say ModelForm[Plan] at run time

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")  # does nothing when the file is not there

# --- Who we are -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
DEVELOPMENT_KEY = "insecure-development-key-never-used-in-production"
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_KEY)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
# What confidential notes are sealed with, the newest first: 32 bytes in base64 each.
NOTE_KEYS: list[str] = env.list("NOTE_KEYS", default=[])
if not NOTE_KEYS and (DEBUG or DEMO):
    _derived = hashlib.sha256(f"note key for a demo {SECRET_KEY}".encode()).digest()
    NOTE_KEYS = [base64.b64encode(_derived).decode()]
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
if HTTPS and SECRET_KEY == DEVELOPMENT_KEY:
    message = "SECRET_KEY is missing: an installation on https needs one of its own."
    raise ImproperlyConfigured(message)

INSTALLED_APPS = [
    "core",
    "accounts",
    "mails",
    "reminders",
    "partners",
    "plans",
    "meldingen",
    "meetings",
    "evaluations",
    "answers",
    "reports",
    "ivcentrum",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "core.static_files.GatheredFiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "guardian",
    "template_partials",
]
if DEMO:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "core.middleware.number_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.session_clock",
    "accounts.middleware.require_second_factor",
    "accounts.middleware.keep_in_space",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "ivcentrum.urls"
WSGI_APPLICATION = "ivcentrum.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ivcentrum.context.house",
            ],
            "builtins": ["core.templatetags.house"],
        },
    }
]
FORM_RENDERER = "core.forms_rendering.HouseRenderer"

# --- Storage ----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///ivcentrum")}
DATABASES["default"].update(
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600), CONN_HEALTH_CHECKS=True
)
# A page asks many short questions: compiling one takes PostgreSQL longer than answering it.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits and locks live in PostgreSQL: a request never waits for Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Past this number rows are thrown out, counters of attempts too: keep it out of reach.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.HashedFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes, of a form without its files
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)
# Where clamd listens (a path, or tcp://host:3310); empty: nothing is scanned for viruses.
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")
# Citizens' reports in a municipality per hour; above it each next one takes a sum or some waiting.
PUBLIC_REPORTS_PER_HOUR = env.int("PUBLIC_REPORTS_PER_HOUR", default=200)

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("icons", BASE_DIR / "build" / "icons"),
    ("leaflet", BASE_DIR / "node_modules" / "leaflet" / "dist"),
    ("leaflet-cluster", BASE_DIR / "node_modules" / "leaflet.markercluster" / "dist"),
    ("inter", BASE_DIR / "node_modules" / "@fontsource-variable" / "inter" / "files"),
]

# --- Maps -------------------------------------------------------------------------------------
# The tiles beneath a map, with {z}, {x} and {y} in the address; empty is none.
MAP_WMTS_URL = env.str("MAP_WMTS_URL", default="")
MAP_ATTRIBUTION = env.str("MAP_ATTRIBUTION", default="")
# What says which address lies at a point, for meldingen without one; empty asks nobody.
GEOCODER_URL = env.str("GEOCODER_URL", default="")
_tiles = urlsplit(MAP_WMTS_URL)
MAP_TILE_HOSTS = [f"{_tiles.scheme}://{_tiles.netloc}"] if _tiles.netloc else []

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ANONYMOUS_USER_NAME = None  # guardian: we have no anonymous access
GUARDIAN_MONKEY_PATCH_USER = False
# guardian keeps the grants on single objects; visible_to() reads them, not a backend.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.UnlikeThePerson",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.Uncommon"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", default=3600)  # seconds
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation or a reset mail proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_EMAIL_NOTIFICATIONS = True  # by the adapter, through the outbox
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.LoginForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.ResetPasswordKeyForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateForm",
}
# Attempts per time, per address of the network (ip), per person (user) or per e-mail address (key).
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/h/ip,5/5m/key,20/h/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/5m/user",
    "change_password": "5/m/user",
    "melden": "60/h/ip",  # a step of the citizens' form, or a photo in it
    "melden_versturen": "5/h/ip",  # of IPv6 all that begins alike (/64) is one address
    "volgen": "60/h/ip",  # the code with which one follows it
    "antwoord": "60/h/ip",  # an address of an answer link that nobody was given
    "antwoord_versturen": "600/h/ip",  # a whole town hall may answer after the mail of the morning
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.AuthenticateForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.entrance.ActivateTOTPForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation proved the address
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds that a phone's clock may differ
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "IV-centrum"
# Roles that must use a second factor; people with such a role set it up at their next sign-in.
MFA_REQUIRED_ROLES: list[str] = env.list("MFA_REQUIRED_ROLES", default=[])
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_IDLE_PHONE_SECONDS = env.int("SESSION_IDLE_PHONE_SECONDS", default=8 * 3600)
SESSION_COOKIE_AGE = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What browsers are told -------------------------------------------------------------------
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand in front: 0 believes nobody's X-Forwarded-For.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *MAP_TILE_HOSTS],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# --- Work for the outside world ---------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "core.smtp.Backend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds for each answer
EMAIL_TEXT_TIMEOUT = env.int("EMAIL_TEXT_TIMEOUT", default=45)  # it may look for viruses first
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "MAIL_FROM", default="IV-centrum <noreply@ivcentrum.example>"
)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="ivcentrum.example")

CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
if CELERY_BROKER_URL.startswith("unix://"):  # kombu calls a socket by another name than redis-py
    CELERY_BROKER_URL = "redis+socket://" + CELERY_BROKER_URL.removeprefix("unix://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # the truth is the outbox row: a lost drain costs one tick
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 150  # seconds
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000  # kB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TASK_PUBLISH_RETRY = False  # the next tick tries again
CELERY_BEAT_SCHEDULER = "ivcentrum.clock:Clock"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
# Beside a drain, which may take its time, the other ticks have a queue of their own.
CELERY_TASK_ROUTES = {
    "core.tasks.drain_pdf": {"queue": "pdf"},
    "core.tasks.drain_mail": {"queue": "mail"},
}
CELERY_TASK_DEFAULT_QUEUE = "clock"
CELERY_TIMEZONE = TIME_ZONE
OUTBOX_TICK_SECONDS = env.float("OUTBOX_TICK_SECONDS", default=5.0)
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", default=180)
# A worker that takes up nothing for so long, while work lies ready in Redis, ends itself.
WORKER_STALL_SECONDS = env.int("WORKER_STALL_SECONDS", default=300)
# After so long the health page turns amber, and red.
HEALTH_AMBER_SECONDS = env.int("HEALTH_AMBER_SECONDS", default=5 * 60)
HEALTH_RED_SECONDS = env.int("HEALTH_RED_SECONDS", default=15 * 60)
# The clock calls this address every few minutes while all is well: no call is an alarm.
WATCHDOG_URL = env.str("WATCHDOG_URL", default="")
# How often the mailboxes are looked at, and the ports on which a mail server may be asked.
INBOX_TICK_SECONDS = env.float("INBOX_TICK_SECONDS", default=60.0)
INBOX_PORTS: list[int] = env.list("INBOX_PORTS", cast=int, default=[143, 993])
CELERY_BEAT_SCHEDULE = {
    "drain-mail": {"task": "core.tasks.drain_mail", "schedule": OUTBOX_TICK_SECONDS},
    "drain-pdf": {"task": "core.tasks.drain_pdf", "schedule": OUTBOX_TICK_SECONDS},
    "tidy": {"task": "accounts.tasks.tidy", "schedule": crontab(hour=3, minute=30)},
    "shares": {"task": "plans.tasks.look_after_shares", "schedule": crontab(hour="*", minute=5)},
    "agreements": {
        "task": "partners.tasks.look_after_agreements",
        "schedule": crontab(hour="*", minute=10),
    },
    "reports": {"task": "reports.tasks.send_due", "schedule": crontab(hour="8-20", minute=0)},
    "report-drafts": {
        "task": "reports.tasks.make_drafts",
        "schedule": crontab(hour="6-20", minute=15),
    },
    "waiting-photos": {"task": "meldingen.tasks.tidy", "schedule": crontab(hour=3, minute=50)},
    "held-photos": {"task": "meldingen.tasks.scan_held", "schedule": crontab(minute="*/5")},
    "consent": {"task": "partners.tasks.erase_expired", "schedule": crontab(hour=3, minute=45)},
    "evaluations": {
        "task": "evaluations.tasks.plan_ahead",
        "schedule": crontab(hour=2, minute=40),
    },
    "inboxes": {"task": "meldingen.tasks.read_inboxes", "schedule": INBOX_TICK_SECONDS},
    "reminders": {"task": "reminders.tasks.run", "schedule": crontab(minute="*/10")},
    "inbox-keys": {"task": "meldingen.tasks.tidy_inboxes", "schedule": crontab(hour=3, minute=50)},
}
for _tick in CELERY_BEAT_SCHEDULE.values():
    # What comes back within seconds is soon worth nothing; what comes once an hour may wait a little.
    _is_often = isinstance(_tick["schedule"], float)
    _tick["options"] = {"expires": 30 if _is_often else 600}
CELERY_BEAT_SCHEDULE_FILENAME = env.str(
    "BEAT_SCHEDULE_FILE", default=str(BASE_DIR / "var" / "celerybeat-schedule")
)

# --- Logs: no personal data, one line per event -----------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", default="line" if DEBUG else "json")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.Json"}, "line": {"()": "core.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # These bring handlers of their own; ours says it in our format.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "multiprocessing": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Each tick and each task; the outbox tells what came of it.
        "celery.beat": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

# What an app does beforehand when two partners become one; what points to them moves by itself.
PARTNER_MERGE_STEPS = [
    "plans.operations.merging.before_merge",
    "evaluations.operations.merging.before_merge",
]

# What an app gives a municipality that is new, such as the usual lists.
MUNICIPALITY_STARTS_WITH = [
    "partners.operations.defaults.start_with",
    "meldingen.operations.defaults.start_with",
]

# Who came to which meeting, for the engagement of partners.
MEETINGS_ATTENDED = "meetings.engagement.meetings_attended"

# What stands in the agenda, per app.
AGENDA = [
    "partners.agenda.dated",
    "plans.agenda.dated",
    "meetings.agenda.dated",
    "evaluations.agenda.dated",
    "reports.agenda.dated",
]

# What the outbox does per kind of work: in which queue, by which function, what has to answer for
# it, and who goes first: 0 is what somebody sits waiting for, 9 what goes to many. Of a mail that
# people follow: who tells whom it is for, and what is done when somebody says that it arrived.
_mail = {"queue": "mail", "needs": "mailserver"}
_pdf = {"queue": "pdf", "needs": "disk"}
OUTBOX_HANDLERS: dict[str, dict[str, Any]] = {
    "account_mail": {"run": "accounts.tasks.send_mail", **_mail, "priority": 0},
    "mail_example": {"run": "mails.tasks.send_example", **_mail, "priority": 0},
    "referral_mail": {
        "run": "partners.tasks.send_mail", "about": "partners.mails.about", **_mail,
    },
    "share_mail": {"run": "plans.tasks.send_mail", "about": "plans.mails.about", **_mail},
    "digest": {
        "run": "reminders.tasks.send_mail", "about": "reminders.mails.about", **_mail,
        "priority": 9,
    },
    "melding_mail": {
        "run": "meldingen.tasks.send_mail", "about": "meldingen.mails.about",
        "arrived": "meldingen.tasks.call_arrived", **_mail,
    },
    "melding_place": {"run": "meldingen.tasks.reckon_place", "queue": "mail", "priority": 9},
    "inbox_test": {"run": "meldingen.tasks.test_inbox", "queue": "mail", "priority": 0},
    "report_mail": {
        "run": "reports.tasks.send_mail", "about": "reports.mails.about", **_mail, "priority": 9,
    },
    "report_pdf": {"run": "reports.tasks.build_pdf", **_pdf},
    "asked_pdf": {"run": "core.asked.build", **_pdf, "priority": 0},
}  # fmt: skip

# What mails say: the kinds that each app sends, in the order of the page with their texts.
MAIL_KINDS = [
    "reminders.mails",
    "partners.mails",
    "plans.mails",
    "reports.mails",
    "meldingen.mails",
    "mails.kinds",
]

# The PDFs that people ask for from a page: each a `core.asked.Kind`.
ASKED_PDFS = {
    "plan_partners": "plans.partner_paper.KIND",
    "box_codes": "meldingen.box_paper.KIND",
}

# What may be due, and whom it waits for: the rules of each app, in the order of the digest.
REMINDER_RULES = [
    "plans.reminders",
    "partners.reminders",
    "meldingen.reminders",
    "meetings.reminders",
    "evaluations.reminders",
    "reports.reminders",
]
# Who works for which organisation, for the rules.
REMINDER_WORKFORCE = "partners.reminders.working_at"
# What may be answered by a link in the mail of the day, and who makes those links.
ANSWER_PURPOSES = ["plans.answering", "evaluations.answering"]
REMINDER_LINKS = "answers.operations.links_for"

# What ends with the sessions of a person, all of them at once.
ENDS_WITH_SESSIONS = ["answers.operations.revoke_all"]
