"""One settings file, read from the environment.

`KORTWIJS_MODE=embedded` (default) needs nothing set: SQLite, a broker in files, everything in `var/`.
`KORTWIJS_MODE=production` asks for a real secret and database and refuses demo accounts.
Every variable stands in .env.example.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from kombu import Queue

from lms import content_policy, env, logs, static_headers
from lms.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

MODE = env.choice("KORTWIJS_MODE", ("embedded", "production"), "embedded")
PRODUCTION = MODE == "production"
DATA_DIR = env.folder("DATA", BASE_DIR / "var")
PORT = env.number("PORT", 8000, 1, 65535)
BASE_URL = env.address("BASE_URL", f"http://localhost:{PORT}")
DEMO = env.flag("DEMO", default=not PRODUCTION)
DEBUG = env.flag("DEBUG", default=False)


def _secret_key() -> str:
    """The secret from the environment; embedded makes its own once and keeps it in DATA."""
    given = env.text("SECRET_KEY")
    if PRODUCTION:
        if len(given) < 40 or len(set(given)) < 12:
            raise env.wrong("SECRET_KEY", "een eigen geheim van minstens 40 willekeurige tekens")
        return given
    if given:
        return given
    kept = DATA_DIR / "secret_key"
    try:
        if not kept.exists() or not kept.read_text():
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text()
    except OSError as error:
        raise env.wrong("DATA", f"een map waarin geschreven mag worden ({error})") from error


SECRET_KEY = _secret_key()
if PRODUCTION and DEBUG:
    raise env.wrong("DEBUG", "0 in productie")
if PRODUCTION and DEMO:
    raise env.wrong("DEMO", "0 in productie: demo-accounts hebben een bekend wachtwoord")
for _name, _expected in (
    ("DATABASE_URL", "het adres van PostgreSQL in productie"),
    ("BASE_URL", "het adres van de site in productie, zoals https://leren.voorbeeld.nl"),
):
    if PRODUCTION and not env.text(_name):
        raise env.wrong(_name, _expected)

ALLOWED_HOSTS = env.words("HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
if env.text("BASE_URL"):
    ALLOWED_HOSTS.append(urlsplit(BASE_URL).hostname or "")
if not ALLOWED_HOSTS:
    raise env.wrong("HOSTS", "de namen waaronder de site te vinden is, met komma's ertussen")
INTERNAL_IPS: list[str] = []

# The rooms, from top to bottom (docs/explanation/the-house.md), then what they stand on.
ROOMS = [
    "lms",
    "integrations",
    "leadership",
    "insight",
    "learning",
    "courses",
    "modules",
    "assessments",
    "language",
    "media",
    "people",
    "xapi",
]
INSTALLED_APPS = [
    *(f"{room}.apps.RoomConfig" for room in ROOMS),
    "lti_tool",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lms.middleware.straight_to_the_record_store",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.compression.PackPages",
    "lms.middleware.revalidate_pages",
    "lms.middleware.PolicyByPlace",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.second_step.ask_for_second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "language.preferences.remember_variant",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

# Questionnaires are files that the pages read themselves (docs/reference/questionnaire-files.md).
QUESTIONNAIRES = BASE_DIR / "curriculum" / "questionnaires"
FRONT_DOOR = env.folder("FRONT_DOOR", BASE_DIR / "curriculum" / "front_door.yaml")

# An exercise kind is one folder with its own template and element (docs/how-to/add-an-exercise-kind.md).
_KINDS = sorted((BASE_DIR / "assessments" / "exercises").glob("*/block.py"))
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [kind.parent / "templates" for kind in _KINDS],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "media.templatetags.picto",
                "language.templatetags.twin",
                "lms.templatetags.exercise_files",
                "people.templatetags.desk",
                "leadership.templatetags.ai_register",
                "leadership.templatetags.in_programme",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "language.preferences.variant_for_templates",
            ],
        },
    }
]

_DATABASE: dict[str, Any] = env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kortwijs.sqlite3'}")
if str(_DATABASE["ENGINE"]).endswith("sqlite3"):
    # Readers go on while one writes; a writer takes its lock at once, so that it can wait for it.
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    # Apart from the address, so that it can be a secret in a file.
    _DATABASE["PASSWORD"] = env.text("DATABASE_PASSWORD") or _DATABASE.get("PASSWORD", "")
    _DATABASE["CONN_MAX_AGE"] = 60
    _DATABASE["CONN_HEALTH_CHECKS"] = True
    # To compile a query costs half a second; ours are many and short.
    _DATABASE["OPTIONS"] = {"options": "-c jit=off", **_DATABASE.get("OPTIONS", {})}
_DATABASE["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")} if "sqlite" in str(_DATABASE["ENGINE"]) else {}
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
_QUICKLY = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds; a page waits for it
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "lms.cache.MayBeAway", "LOCATION": REDIS_URL, "OPTIONS": _QUICKLY}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # How often something was tried: counted by all processes together (people.limits).
    "limits": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "limits",
        "OPTIONS": _QUICKLY,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "limits",
        "TIMEOUT": 7200,  # longer than any limit looks back
    },
}

_BROKER = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER / "messages"),
        "data_folder_out": str(_BROKER / "messages"),
        "control_folder": str(_BROKER / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True  # what is to be done stands in tables; a task is only a hint
CELERY_TASK_ACKS_LATE = True
# What someone is looking at goes in a queue of its own, and a worker holds no tasks back: it never stands in line
# behind the sound of all lessons.
CELERY_TASK_QUEUES = (Queue("celery"), Queue("awaited"))
CELERY_TASK_ROUTES = {
    "media.tasks.import_h5p": {"queue": "awaited"},
    "integrations.tasks.export_statements": {"queue": "awaited"},
    "leadership.tasks.make_dossier_files": {"queue": "awaited"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULER = "lms.beat:Scheduler"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.second_step.AccountBackend",
    "people.second_step.StepElsewhere",
    "people.learner_only.LearnerOnly",
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "learning:home"
LOGOUT_REDIRECT_URL = "learning:start"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
# Signing in (people/door.py, docs/decisions/0055-sign-in.md): allauth is the engine, the pages and codes are ours.
ACCOUNT_ADAPTER = "people.door.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people.services.email_codes shows whose an address is
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_RATE_LIMITS = {"login_failed": "10/10m/key"}  # of a second step; passwords: people/limits.py
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # who changes how they sign in, does so once more
# From when on who sees something of others needs a second step (people/second_step.py).
SECOND_STEP_FROM = env.day("SECOND_STEP_FROM", "altijd" if PRODUCTION else "nooit")
MFA_ADAPTER = "people.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # a school is one address
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "people.session_store"
SESSION_COOKIE_AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie
SESSION_COOKIE_NAME = "kortwijs"
SESSION_COOKIE_SAMESITE = "Lax"
ACCESSIBILITY_CONTACT = env.text("ACCESSIBILITY_CONTACT")  # whom to tell that something cannot be used
SECURITY_CONTACT = env.contact("SECURITY_CONTACT")  # whom to tell of a hole in the security (lms/security_txt.py)
JOIN_CODE_DAYS = env.number("JOIN_CODE_DAYS", 60, 1, 400)
JOINS_PER_HOUR = env.number("JOINS_PER_HOUR", 200, 1, 10_000)
HAND_OVER_MINUTES = env.number("HAND_OVER_MINUTES", 15, 1, 60)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, 0, 5)
RETENTION_NAMELESS_DAYS = env.number("RETENTION_NAMELESS_DAYS", 400, 30, 1095)
AUDIT_RETENTION_MONTHS = env.number("AUDIT_RETENTION_MONTHS", 24, 12, 84)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [
    *(kind.parent / "static" for kind in _KINDS if (kind.parent / "static").is_dir()),
    *(path for path in [BASE_DIR / "var" / "fonts"] if path.is_dir()),
]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/bestanden/"

# Voices that say the texts, the best first (docs/explanation/read-aloud.md); each is a folder in media/speech/backends.
_VOICES = tuple(sorted(folder.parent.name for folder in (BASE_DIR / "media/speech/backends").glob("*/__init__.py")))
SPEECH_BACKENDS = env.words("SPEECH_BACKENDS", "recording,piper,espeak")
if not set(SPEECH_BACKENDS) <= set(_VOICES):
    raise env.wrong("SPEECH_BACKENDS", f"namen uit {', '.join(_VOICES)}, met komma's ertussen")
PIPER_VOICE = env.text("PIPER_VOICE")
PIPER_PYTHON = env.text("PIPER_PYTHON")
if PIPER_VOICE and not Path(PIPER_VOICE).is_file():
    raise env.wrong("PIPER_VOICE", "het pad van een stem van Piper (.onnx) dat er is")
SPEECH_UNUSED_DAYS = env.number("SPEECH_UNUSED_DAYS", 60, 7, 3650)
_OBJECTS = env.objects("S3")
FILES_IN_S3 = bool(_OBJECTS)


def _files(place: str, base_url: str | None) -> dict[str, Any]:
    """Storage in a folder of DATA, or under that name in the bucket; without `base_url` only our views give it out."""
    if _OBJECTS:
        options = {**_OBJECTS, "location": place, "base_url": base_url}
        return {"BACKEND": "lms.object_storage.ObjectStorage", "OPTIONS": options}
    on_disk = {} if base_url else {"location": str(DATA_DIR / place), "base_url": None}  # else MEDIA_ROOT and MEDIA_URL
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": on_disk}


STORAGES = {
    "default": _files("media", MEDIA_URL),
    "staticfiles": {"BACKEND": "lms.bundles.BundleStorage"},
    # What is attached to statements: never served as a file.
    "xapi": _files("xapi", None),
    # Who was erased, and when: outside the database, so that it can be done again after a copy was put back.
    "erasures": _files("erasures", None),
    # What teachers upload with their own pages: given out by our views only (courses/attachments.py).
    "paths": _files("paths", None),
}
# Copies of everything, made each night where a key is set (docs/how-to/make-a-copy.md).
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS", "")
if not all(key.startswith("age1") for key in BACKUP_RECIPIENTS):
    raise env.wrong("BACKUP_RECIPIENTS", "publieke sleutels die met age1 beginnen, met komma's ertussen")
BACKUP_FOLDER = env.folder("BACKUP_FOLDER", DATA_DIR / "backups")
BACKUP_KEEP_DAYS = env.number("BACKUP_KEEP_DAYS", 30, 1, 400)
PATH_FILE_MAX_BYTES = env.number("PATH_FILE_MAX_MB", 10, 1, 100) * 1_000_000
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our own pages
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers.for_the_h5p_frame
WHITENOISE_MAX_AGE = 60

_SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31536000 if _SECURE else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _SECURE else []
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # the admin shows page previews in a frame of our own
    # Other names under this one and a browser's own list: for who owns the domain to promise, in the proxy.
    "security.W005",
    "security.W021",
]
PERMISSIONS_POLICY = content_policy.DEVICES
CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_policy.PEOPLE}
ADMIN_CONTENT_SECURITY_POLICY = content_policy.ADMIN

# Pictures that authors upload (media/pictures, docs/decisions/0027-pictures.md).
PICTURE_MAX_BYTES = env.number("PICTURE_MAX_MB", 15, 1, 100) * 1_000_000
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.pictures.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PICTURE_MAX_BYTES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "avif", "gif"]

WAGTAIL_SITE_NAME = "Kortwijs"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request to another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = True  # modules/review.py
WAGTAIL_FINISH_WORKFLOW_ACTION = "modules.approved.publish_approved"

# The record store (docs/reference/xapi.md).
XAPI_MAX_BYTES = env.number("XAPI_MAX_MB", 16, 1, 1000) * 1_000_000
STATEMENT_EXPORT_DAYS = env.number("STATEMENT_EXPORT_DAYS", 3, 1, 30)  # that a file with statements stays
ERASURE_JOURNAL_DAYS = env.number("ERASURE_JOURNAL_DAYS", 400, 30, 3650)
STATEMENT_RETENTION_MONTHS = env.number("STATEMENT_RETENTION_MONTHS", 0, 0, 120)
# Record stores that we send on to may be on our own network or without https (docs/how-to/forward-statements.md).
XAPI_PRIVATE_HOSTS = env.flag("XAPI_PRIVATE_HOSTS", default=False)

# What signs credentials (learning/badges/issuer.py): PEM, the secret key first, then those that signed before.
BADGE_KEYS = env.text("BADGE_KEYS")
if BADGE_KEYS and "PRIVATE KEY-----" not in BADGE_KEYS.split("-----END")[0]:
    raise env.wrong("BADGE_KEYS", "een RSA-sleutel als PEM, de geheime eerst")

# Learning systems on our own network or without https (integrations/lti/fetch.py): never by accident in production.
LTI_PRIVATE_HOSTS = env.flag("LTI_PRIVATE_HOSTS", default=not PRODUCTION)

# OpenID providers of organisations on our own network or without https (integrations/single_sign_on/fetch.py).
SIGN_ON_PRIVATE_HOSTS = env.flag("SIGN_ON_PRIVATE_HOSTS", default=not PRODUCTION)

# How much one batch of events may hold (learning.intake).
EVENTS_PER_BATCH = 200
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Without EMAIL_URL production sends no mail, and the pages that would say so; embedded writes mail to the terminal.
_MAIL = env.mail("EMAIL_URL", "" if PRODUCTION else "consolemail://")
MAIL_IS_ON = bool(_MAIL)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or "Kortwijs <kortwijs@localhost>"
if PRODUCTION and MAIL_IS_ON and not env.text("DEFAULT_FROM_EMAIL"):
    raise env.wrong("DEFAULT_FROM_EMAIL", "het adres waarvan mail komt, zoals Kortwijs <leren@voorbeeld.nl>")
globals().update(_MAIL or {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})
EMAIL_TIMEOUT = 10  # someone waits for it
EMAIL_CODE_MINUTES = 15
LOG_FORMAT = env.text("LOG_FORMAT") or ("json" if PRODUCTION else "line")
if LOG_FORMAT not in ("line", "json"):
    raise env.wrong("LOG_FORMAT", "line of json")
LOGGING = logs.config(LOG_FORMAT)

# What is watched from elsewhere (docs/how-to/watch-an-installation.md); what is not set costs nothing.
METRICS_TOKEN = env.text("METRICS_TOKEN")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise env.wrong("METRICS_TOKEN", "een geheim van minstens 20 tekens, of niets")
METRICS_DIR = env.folder("METRICS_DIR", DATA_DIR / "metrics")
OTEL_ENDPOINT = env.address_or_none("OTEL_EXPORTER_OTLP_ENDPOINT")
OTEL_SERVICE = env.text("OTEL_SERVICE_NAME") or "kortwijs"
OTEL_SHARE = env.number("TRACES_PERCENT", 10, 1, 100) / 100
SENTRY_DSN = env.report_address("SENTRY_DSN")
if METRICS_TOKEN:
    MIDDLEWARE.insert(0, "lms.watch.metrics.count_requests")
if OTEL_ENDPOINT:
    MIDDLEWARE.insert(0, "lms.watch.traces.trace_requests")
