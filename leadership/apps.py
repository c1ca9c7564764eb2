from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "leadership"
    verbose_name = "Leiderschap"

    def ready(self) -> None:
        from leadership.files import register_programmes
        from leadership.indicators import register_indicators
        from leadership.personal_data import register_leadership
        from leadership.queries import learning_groups_of
        from leadership.signals import connect
        from people.visibility import register_learning_groups

        connect()
        register_programmes()
        register_leadership()
        register_learning_groups(learning_groups_of)
        register_indicators()
