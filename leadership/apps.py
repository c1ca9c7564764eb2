from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "leadership"
    verbose_name = "Leiderschap"

    def ready(self) -> None:
        from leadership.files import register_programmes

        register_programmes()
