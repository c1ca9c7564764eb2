from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "courses"
    verbose_name = "Routes"
