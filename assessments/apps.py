from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "assessments"
    verbose_name = "Opdrachten"

    def ready(self) -> None:
        from assessments.personal_data import register_assessments

        register_assessments()
