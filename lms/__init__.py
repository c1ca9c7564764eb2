"""The Django project: settings, urls, base templates, site CSS and JS, health, start-up."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
