"""A bare Wagtail page to measure beside: the settings of a new Wagtail project on the same database and files.

Middleware, addresses and template are those that `wagtail start` (7 and 8) makes, without its redirects (they look at
a page only when it is not found), with a template of one heading, and with the one middleware that allauth asks for.
Only what is served differs from Kortwijs.
"""

from pathlib import Path

from lms.settings import *  # noqa: F403
from lms.settings import TEMPLATES as OURS
from tests.bench.bare_wagtail_page import HOST

ALLOWED_HOSTS = [HOST, "127.0.0.1"]  # the second while it is waited for
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth does not start without it; it does next to nothing
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TEMPLATES = [
    {
        **OURS[0],
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
ROOT_URLCONF = "tests.bench.bare_urls"
