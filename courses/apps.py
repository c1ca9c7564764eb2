from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "courses"
    verbose_name = "Routes"

    def ready(self) -> None:
        from courses.files import register_paths

        register_paths()
