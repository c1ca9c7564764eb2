from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A session that knows whose it is, so that erasing a person ends their sessions too.

    Source: Django documentation, 'Extending database-backed session engines'.
    """

    user_id = models.PositiveBigIntegerField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseStore]:
        from people.session_store import SessionStore

        return SessionStore
