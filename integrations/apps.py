from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "integrations"
    verbose_name = "Koppelingen"
