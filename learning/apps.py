from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "learning"
    verbose_name = "Leren"

    def ready(self) -> None:
        from learning.personal_data import register_learning
        from learning.queries import count_busy
        from learning.signals import connect
        from learning.telling import forwarded_about
        from modules.in_use import count_busy_with
        from people.visibility import register_forwards

        register_learning()
        count_busy_with(count_busy)
        connect()
        register_forwards(forwarded_about)
