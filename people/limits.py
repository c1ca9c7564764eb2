"""How often something may be tried from one address; kept for minutes, in the cache `limits`."""

import hashlib
import hmac
import secrets
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, past TRUSTED_PROXIES proxies of our own; an IPv6 home is one address."""
    found = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        found = hops[-settings.TRUSTED_PROXIES]
    try:
        address = ip_address(found)
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped:  # IPv4 on a socket that takes both
        address = address.ipv4_mapped
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


class Limit:
    """At most so many of something in so many seconds; counted per key, and the key is not kept readable.

    When counting began stands apart from the count: adding one renews the life of a count in files
    (django.core.cache.backends.base.BaseCache.incr).
    """

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def is_reached(self, key: str) -> bool:
        place = self._place(key)
        began = caches["limits"].get(place)
        return began is not None and int(caches["limits"].get(f"{place}:{began}", 0)) >= self.most

    def count(self, key: str) -> None:
        """One more; the time starts with the first."""
        place = self._place(key)
        began = caches["limits"].get_or_set(place, secrets.token_hex(4), self.seconds)
        if not caches["limits"].add(f"{place}:{began}", 1, self.seconds):
            try:
                caches["limits"].incr(f"{place}:{began}")
            except ValueError:  # it ended between the two
                caches["limits"].set(f"{place}:{began}", 1, self.seconds)

    def _place(self, key: str) -> str:
        digest = hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()[:32]
        return f"{self.name}:{digest}"


WRONG_CODES = Limit("wrong-codes", most=30, seconds=600)
WRONG_PICTURES = Limit("wrong-pictures", most=60, seconds=600)  # a class of 28 may share one address
NAME_LISTS = Limit("name-lists", most=300, seconds=600)  # lists of names that were shown to one address
MAILS_TO = Limit("mails-to", most=5, seconds=3600)  # to one e-mail address, known or not
ROLE_MAILS_TO = Limit("role-mails-to", most=3, seconds=3600)  # invitations of one organisation to one address
ROLE_MAILS_BY = Limit("role-mails-by", most=100, seconds=3600)  # invitations by one administrator
MAILS_FROM = Limit("mails-from", most=20, seconds=3600)  # asked from one place
WRONG_PASSWORDS_FROM = Limit("wrong-passwords-from", most=30, seconds=600)  # typed at one place
WRONG_PASSWORDS_FOR = Limit("wrong-passwords-for", most=10, seconds=600)  # for one name, known or not
SIGN_ONS_FROM = Limit("sign-ons-from", most=1200, seconds=600)  # begun with an organisation; a school is one address
WRONG_SIGN_ONS_FROM = Limit("wrong-sign-ons-from", most=60, seconds=600)  # came back with what does not hold
