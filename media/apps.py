from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "media"
    verbose_name = "Beeld en geluid"

    def ready(self) -> None:
        from media.pictures.signals import connect

        connect()
