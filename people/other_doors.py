"""Ways to sign in that a room above brings: this room shows them and does not know what they are."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from people.models import User

METHOD = "sign_on"


@dataclass(frozen=True)
class Door:
    """A button on the sign-in page: the name after 'Log in met', and where it leads."""

    name: str
    address: str


Doors = Callable[[], list[Door]]
Linking = Callable[[User], str]
_rooms: list[tuple[Doors, Linking]] = []


def register_doors(doors: Doors, linking: Linking) -> None:
    """A room says which doors it has, and where someone links one of them to their account ('' for nowhere)."""
    _rooms.append((doors, linking))


def all_doors() -> list[Door]:
    """Those for the sign-in page, for everybody."""
    return [door for doors, _ in _rooms for door in doors()]


def linking_of(user: User) -> list[str]:
    """The pages where this person links a door to their account."""
    return [address for _, linking in _rooms if (address := linking(user))]


def shows_step(request: HttpRequest, user: User) -> bool:
    """True where the door that this person came by just now showed a second step, which counts for them here."""
    shown = get_authentication_records(request, user)
    return bool(shown) and shown[-1].get("method") == METHOD and shown[-1].get("step") is True


def way_out_of(request: HttpRequest, user: User) -> str:
    """Where someone who came by such a door reads how to sign out over there too; '' for who did not."""
    came_by = [one for one in get_authentication_records(request, user) if one.get("method") == METHOD]
    return str(came_by[-1].get("way_out", "")) if came_by else ""
