"""The session engine (settings.SESSION_ENGINE): Django's, with the person beside each session."""

from copy import deepcopy
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError
from django.utils import timezone

from people.models.session import Session


class SessionStore(DatabaseStore):
    """Django's store, in one query per save: a key of 32 random characters needs no looking whether it is free."""

    _saved: dict[str, Any] | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        key = data.get(SESSION_KEY)
        session.user_id = int(key) if key else None
        return session

    def _get_session_from_db(self) -> Session | None:
        """The session of this key that holds. By hand: to build this query anew costs more than to ask it."""
        rows = Session.objects.raw("SELECT * FROM people_session WHERE session_key = %s", [self.session_key])
        found = next((row for row in rows if row.expire_date > timezone.now()), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Asked for new keys only; should a key ever be taken, the insert refuses it."""
        return False

    def save(self, must_create: bool = False) -> None:
        """Write the session, once: what this request already wrote is not written again."""
        if self.session_key is None:
            self.create()
            return
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if not must_create and data == self._saved:
            return
        try:
            self.create_model_instance(data).save(force_insert=must_create, force_update=not must_create)
        except DatabaseError as error:
            if must_create:
                raise
            raise UpdateError from error
        self._saved = deepcopy(data)
