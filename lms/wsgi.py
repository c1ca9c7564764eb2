"""The web application for gunicorn; in production it refuses to start on unsafe data."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from lms.preflight import preflight  # noqa: E402  (the registry must be ready)

preflight()
