from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "leadership"
    verbose_name = "Leiderschap"

    def ready(self) -> None:
        from leadership.files import register_programmes
        from leadership.personal_data import register_leadership
        from leadership.signals import connect

        connect()
        register_programmes()
        register_leadership()
