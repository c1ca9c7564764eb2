"""What must be true of the data before production may serve it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from people.queries import demo_accounts


def preflight() -> None:
    """Raise ImproperlyConfigured when production would run with demo accounts."""
    if settings.PRODUCTION and (names := demo_accounts()):
        raise ImproperlyConfigured(
            f"Er staan demo-accounts in deze database: {', '.join(names)}. "
            "Hun wachtwoord is bekend. Verwijder ze met: python manage.py remove_demo"
        )
