from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "courses"
    verbose_name = "Routes"

    def ready(self) -> None:
        from courses.files import register_paths
        from courses.personal_data import register_courses
        from courses.signals import connect

        connect()
        register_paths()
        register_courses()
