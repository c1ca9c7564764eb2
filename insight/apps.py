from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "insight"
    verbose_name = "Inzicht"

    def ready(self) -> None:
        from insight.indicators import register_own

        register_own()
