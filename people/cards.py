"""What stands in the address of a printed card: a random number and a sign that only this site can make."""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # no l or o, 0 or 1: someone may have to read it out
SERIAL, SIGN = 16, 16  # of 5 bits each


def make_serial() -> str:
    """A new random number, 80 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(SERIAL))


def token_of(serial: str) -> str:
    """What stands on the card with this number."""
    signed = salted_hmac("people.cards", serial, algorithm="sha256").digest()
    return serial + "".join(LETTERS[byte % 32] for byte in signed[:SIGN])


def read_token(token: str) -> str:
    """The number of a card that this site made; "" for anything else."""
    serial = token[:SERIAL]
    return serial if constant_time_compare(token, token_of(serial)) else ""
