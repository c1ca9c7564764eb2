"""Reads the environment; a value that makes no sense stops the start with its name and the way out.

A secret may also come from a file: `SECRET_KEY_FILE=/run/secrets/key` (as Docker and systemd give it).
"""

import os
import re
from datetime import date
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

_environment = environ.FileAwareEnv()


def wrong(name: str, expected: str) -> ImproperlyConfigured:
    """The error for a setting that makes no sense; it never repeats the value, which may be a secret."""
    return ImproperlyConfigured(f"Instelling {name} klopt niet: verwacht {expected}.")


def text(name: str, default: str = "") -> str:
    """The value of `name`, or of the file that `name_FILE` points at; `default` when neither is set."""
    try:
        return str(_environment.str(name, default=default)).strip()
    except (OSError, ValueError) as error:
        raise wrong(f"{name}_FILE", f"een bestand dat te lezen is ({error})") from error


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """One of `options`."""
    value = text(name, default) or default
    if value not in options:
        raise wrong(name, "een van " + ", ".join(options))
    return value


def day(name: str, default: str) -> date | None:
    """A day from which something holds: `altijd` (always), `nooit` (never, gives None) or YYYY-MM-DD."""
    value = text(name, default) or default
    if value in ("altijd", "nooit"):
        return date.min if value == "altijd" else None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise wrong(name, "altijd, nooit of een dag zoals 2027-01-31") from error


def flag(name: str, default: bool) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = text(name).lower()
    if not value:
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise wrong(name, "1 of 0")


def number(name: str, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    value = text(name, str(default)) or str(default)
    if not re.fullmatch(r"-?[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise wrong(name, f"een heel getal van {least} tot en met {most}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in (text(name) or default).split(",") if part.strip()]


def address(name: str, default: str) -> str:
    """A web address of a site, without a slash at its end."""
    value = (text(name, default) or default).rstrip("/")
    if not re.fullmatch(r"https?://([a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?", value):
        raise wrong(name, "een adres zoals https://leren.voorbeeld.nl")
    port = re.search(r":([0-9]+)$", value)
    if port and int(port[1]) > 65535:
        raise wrong(name, "een adres met een poort van hoogstens 65535")
    return value


def address_or_none(name: str) -> str:
    """The same, or '' where it is not set."""
    return address(name, "") if text(name) else ""


def contact(name: str) -> str:
    """Whom to tell, as an address that a browser opens: an e-mail address, or a page with https; '' when not set."""
    given = text(name)
    if not given:
        return ""
    typed = given.removeprefix("mailto:")
    if re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", typed):
        return f"mailto:{typed}"
    if re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?(/[\x21-\x7e]*)?", given):
        return given
    raise wrong(name, "een e-mailadres, of het adres van een bladzijde dat met https:// begint")


def report_address(name: str) -> str:
    """Where errors are reported, as https://key@host/1, or ''; the key in it is not repeated."""
    value = text(name)
    if value and not re.fullmatch(r"https?://[0-9A-Za-z]+@[a-zA-Z0-9.:-]+/(?:[\w/-]*/)?[0-9]+", value):
        raise wrong(name, "een adres zoals https://sleutel@fouten.voorbeeld.nl/1")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """A Django database from an address such as postgres://user:password@host:5432/name."""
    value = text(name, default) or default
    if re.search(r"[#\s]", value):
        raise wrong(name, "een adres met # en spaties als %23 en %20")
    try:
        config = dict(_environment.db_url_config(value))
    except (ValueError, KeyError, ImproperlyConfigured):
        # "from None": the cause repeats parts of the address, and so of the password
        raise wrong(name, "een adres zoals postgres://naam:wachtwoord@host:5432/kortwijs") from None
    engine = str(config.get("ENGINE", ""))
    if not (engine.endswith("sqlite3") or engine.endswith("postgresql")):
        raise wrong(name, "een adres dat begint met postgres:// of sqlite:///")
    if not config.get("NAME"):
        raise wrong(name, "een adres met de naam van een database erin")
    return config


def mail(name: str, default: str) -> dict[str, object]:
    """Django's settings for sending mail, from an address such as smtp+tls://user:password@host:587; {} for none."""
    value = text(name, default) or default
    if not value:
        return {}
    try:
        found = dict(_environment.email_url_config(value))
    except (ValueError, KeyError, ImproperlyConfigured):
        found = {}
    config = {key: given for key, given in found.items() if given is not None}
    backend = str(config.get("EMAIL_BACKEND", ""))
    if not backend or (backend.endswith("smtp.EmailBackend") and not config.get("EMAIL_HOST")):
        # neither the value nor the cause is repeated: both may hold the password
        raise wrong(name, "een adres zoals smtp+tls://naam:wachtwoord@host:587") from None
    return config


def redis(name: str) -> str:
    """The address of Redis or Valkey, or '' for the embedded broker and cache."""
    value = text(name)
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise wrong(name, "een adres zoals redis://host:6379/0")
    return value


def objects(name: str) -> dict[str, str]:
    """Where an S3 keeps files: `name`_URL, _BUCKET, _KEY, _SECRET and _REGION; {} when there is no `name`_URL.

    The keys are those of django-storages.
    """
    if not text(f"{name}_URL"):
        return {}
    bucket = text(f"{name}_BUCKET")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", bucket):
        raise wrong(f"{name}_BUCKET", "de naam van een bucket: 3 tot 63 kleine letters, cijfers, punten en streepjes")
    for part in ("KEY", "SECRET"):
        if not text(f"{name}_{part}"):
            raise wrong(f"{name}_{part}", "de sleutel en het geheim waarmee de opslag te openen is")
    return {
        "endpoint_url": address(f"{name}_URL", ""),
        "bucket_name": bucket,
        "access_key": text(f"{name}_KEY"),
        "secret_key": text(f"{name}_SECRET"),
        "region_name": text(f"{name}_REGION") or "us-east-1",
    }


def folder(name: str, default: Path) -> Path:
    """An absolute path of a folder, made when something is first kept in it, or of a file."""
    return Path(os.path.expanduser(text(name) or str(default))).resolve()
