from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "language"
    verbose_name = "Taal"
