from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "people"
    verbose_name = "Mensen"

    def ready(self) -> None:
        from people.append_only import connect as keep_audit_append_only
        from people.personal_data import register_people
        from people.signals import connect

        register_people()
        connect()
        keep_audit_append_only(self)
