from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "modules"
    verbose_name = "Lessen"

    def ready(self) -> None:
        from modules import compare, edition, signals, speech_signals
        from modules.models import ModulePage
        from modules.speech import register_lessons

        register_lessons()
        compare.connect()
        edition.connect(ModulePage)
        signals.connect()
        speech_signals.connect()
