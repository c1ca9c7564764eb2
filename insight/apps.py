from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "insight"
    verbose_name = "Inzicht"
