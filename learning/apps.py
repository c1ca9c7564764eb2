from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "learning"
    verbose_name = "Leren"

    def ready(self) -> None:
        from learning.personal_data import register_learning
        from learning.signals import connect

        register_learning()
        connect()
