from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "lms"
    verbose_name = "Kortwijs"

    def ready(self) -> None:
        from lms.database import connect
        from lms.editing_data import register_wagtail
        from lms.personal_data import register_xapi
        from lms.speech import register_site
        from lms.watch import report_elsewhere
        from lms.watch.failures import connect as keep_failed_tasks
        from people.visibility import register_targets
        from xapi.queries import reader_names

        connect()
        keep_failed_tasks()
        report_elsewhere()
        register_wagtail()
        register_xapi()
        register_site()
        register_targets(reader_names)
