from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "xapi"
    verbose_name = "xAPI"
