"""What the sign-in page and 'Mijn account' show of this room."""

from django.urls import reverse

from integrations.single_sign_on.queries import identities_of, may_link, shown_providers
from people.models import User
from people.other_doors import Door

MOST_ON_THE_PAGE = 3


def doors() -> list[Door]:
    """A button for each organisation; where there are many, one that leads to their list."""
    found = list(shown_providers()[: MOST_ON_THE_PAGE + 1])
    if len(found) > MOST_ON_THE_PAGE:
        return [Door("je school of je werk", reverse("sign_on:all"))]
    return [Door(provider.name, reverse("sign_on:door", args=[provider.key])) for provider in found]


def linking(user: User) -> str:
    """Where someone links an organisation to their account; '' where there is nothing to link."""
    return reverse("sign_on:mine") if identities_of(user).exists() or may_link(user).exists() else ""
