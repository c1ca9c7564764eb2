"""Signed statements: a JSON web signature as an attachment (1.0.3 part 2 section 2.6; IEEE 9274.1.1 section 4.2.6).

With a certificate in `x5c` the signature is verified with its key, and each certificate of the chain with the next.
Whether the signer is to be trusted is for who reads the statement: the store has no list of whom to trust.
"""

import base64
import binascii
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from xapi.core.comparison import same_as_signed
from xapi.core.errors import Invalid
from xapi.core.parsing import parse
from xapi.core.rules import Json

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

USAGE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
ALGORITHMS = {"RS256": "SHA256", "RS384": "SHA384", "RS512": "SHA512"}


def check_signatures(statement: Json, contents: dict[str, bytes], place: str = "") -> None:
    """Every signature that came with a statement; raises Invalid for one that does not hold."""
    for number, attachment in enumerate(statement.get("attachments", ())):
        if attachment["usageType"] != USAGE:
            continue
        here = f"{place}.attachments[{number}]".lstrip(".")
        if attachment["contentType"].split(";")[0].strip() != CONTENT_TYPE:
            raise Invalid(f"{here}.contentType", f"of a signature must be {CONTENT_TYPE}")
        if attachment["sha2"].lower() not in contents:
            raise Invalid(here, "is a signature, which must come with the statement")
        payload = verified_payload(contents[attachment["sha2"].lower()], here)
        if not same_as_signed(payload, statement):
            raise Invalid(here, "signs another statement than this one")


def verified_payload(signature: bytes, place: str) -> Json:
    """What was signed; raises Invalid when it was not, or not in a way that the specification knows."""
    parts = signature.strip().split(b".")
    if len(parts) != 3:
        raise Invalid(place, "must be a JWS in compact form (RFC 7515)")
    header, payload = (parse(_unpacked(part, place), place) for part in parts[:2])
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise Invalid(place, "must be a JWS of a statement")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Invalid(place, f"must be made with one of {', '.join(ALGORITHMS)}")
    sealed = _unpacked(parts[2], place)
    if "x5c" in header:
        _verify(_chain(header["x5c"], place), parts[0] + b"." + parts[1], sealed, ALGORITHMS[algorithm], place)
    return payload


def _unpacked(part: bytes, place: str) -> bytes:
    try:
        return base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(place, "must be a JWS in base64url (RFC 7515)") from error


def _chain(x5c: Any, place: str) -> "list[Certificate]":
    from cryptography.x509 import load_der_x509_certificate

    if not isinstance(x5c, list) or not 1 <= len(x5c) <= 10:
        raise Invalid(place, "must have a list of certificates in x5c")
    try:
        return [load_der_x509_certificate(base64.b64decode(one, validate=True)) for one in x5c]
    except (ValueError, TypeError) as error:
        raise Invalid(place, "holds a certificate in x5c that is none") from error


def _verify(chain: "list[Certificate]", signed: bytes, sealed: bytes, digest: str, place: str) -> None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        key = chain[0].public_key()
        if not isinstance(key, RSAPublicKey):
            raise Invalid(place, "must be signed with the RSA key of its first certificate")
        key.verify(sealed, signed, PKCS1v15(), getattr(hashes, digest)())
        for certificate, issuer in pairwise(chain):
            certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid(place, "does not verify with its certificate") from error
