"""A cache that may be away: what is not remembered is asked or worked out again, and nobody notices more than that.

For `default` only. What counts tries (`limits`) must count, so where Redis is away signing in waits (people/limits.py).
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoLine
from redis.exceptions import TimeoutError as NoAnswer

log = logging.getLogger(__name__)
SECONDS = 2.0  # so long it is not asked again after it did not answer: a page asks more than once


class _Client(RedisCacheClient):
    """Each question has an answer for when there is none."""

    _away_until = 0.0  # of this process

    def _ask(self, question: Callable[..., Any], otherwise: Any, *given: Any) -> Any:
        if time.monotonic() < _Client._away_until:
            return otherwise
        try:
            return question(*given)
        except (NoLine, NoAnswer) as error:
            _Client._away_until = time.monotonic() + SECONDS
            log.warning("the cache is away: %s", type(error).__name__)
            return otherwise

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._ask(super().add, False, key, value, timeout))

    def get(self, key: Any, default: Any) -> Any:
        return self._ask(super().get, default, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._ask(super().set, None, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(self._ask(super().touch, False, key, timeout))

    def delete(self, key: Any) -> bool:
        return bool(self._ask(super().delete, False, key))

    def get_many(self, keys: Any) -> Any:
        return self._ask(super().get_many, {}, keys)

    def has_key(self, key: Any) -> bool:
        return bool(self._ask(super().has_key, False, key))

    def set_many(self, data: Any, timeout: Any) -> None:
        self._ask(super().set_many, None, data, timeout)

    def delete_many(self, keys: Any) -> None:
        self._ask(super().delete_many, None, keys)

    def clear(self) -> bool:
        return bool(self._ask(super().clear, False))


class MayBeAway(RedisCache):
    """Django's, on a client that never raises for want of a line."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
