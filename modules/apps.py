from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "modules"
    verbose_name = "Lessen"

    def ready(self) -> None:
        from modules.signals import connect

        connect()
