from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "modules"
    verbose_name = "Lessen"
