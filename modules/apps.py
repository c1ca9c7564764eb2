from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "modules"
    verbose_name = "Lessen"

    def ready(self) -> None:
        from modules import compare, signals, speech_signals
        from modules.speech import register_lessons

        register_lessons()
        compare.connect()
        signals.connect()
        speech_signals.connect()
