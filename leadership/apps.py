from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "leadership"
    verbose_name = "Leiderschap"
