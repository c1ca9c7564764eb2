"""What beat asks of the worker, and when; each task is a few lines over what stands in tables."""

from celery.schedules import crontab

SCHEDULE = {
    "pulse": {"task": "lms.tasks.show_pulse", "schedule": crontab(minute="*"), "options": {"expires": 55}},
    "failures": {"task": "lms.tasks.forget_failures", "schedule": crontab(hour="4", minute="50")},
    "retention": {"task": "people.tasks.apply_retention", "schedule": crontab(minute="15")},
    "log of SQLite": {"task": "lms.tasks.empty_write_ahead_log", "schedule": crontab(minute="25")},
    "reminders": {"task": "learning.tasks.send_review_reminders", "schedule": crontab(minute="*/15")},
    "completions": {"task": "integrations.tasks.send_lti_completions", "schedule": crontab(minute="*")},
    "exports": {"task": "integrations.tasks.sweep_statement_exports", "schedule": crontab(minute="*")},
    "left": {"task": "integrations.tasks.forget_who_left_a_course", "schedule": crontab(hour="2", minute="20")},
    "forwarding": {"task": "xapi.tasks.forward_statements", "schedule": crontab(minute="*")},
    "months": {"task": "xapi.tasks.make_months", "schedule": crontab(hour="2", minute="40")},
    "notices": {"task": "integrations.tasks.send_notices", "schedule": crontab(minute="*/5")},
    "plans": {"task": "insight.tasks.count_plans_of_groups", "schedule": crontab(hour="3", minute="30")},
    "questions": {"task": "insight.tasks.count_questions_of_classes", "schedule": crontab(hour="3", minute="45")},
    "releases": {"task": "insight.tasks.release_last_quarter", "schedule": crontab(hour="4", minute="0")},
    "desks": {"task": "learning.tasks.mail_to_desks", "schedule": crontab(minute="*/10")},
    "duos": {"task": "leadership.tasks.find_partners", "schedule": crontab(minute="5")},
    "registers": {"task": "leadership.tasks.tell_who_keeps_registers", "schedule": crontab(hour="6", minute="40")},
    "dossiers": {"task": "leadership.tasks.sweep_dossier_files", "schedule": crontab(minute="*/5")},
    "lists": {"task": "people.tasks.sweep_lists", "schedule": crontab(minute="*")},
    "sessions": {"task": "people.tasks.clear_sessions", "schedule": crontab(minute="45")},
    "schedule": {"task": "modules.tasks.publish_scheduled_lessons", "schedule": crontab(minute="*/5")},
    "facts": {"task": "modules.tasks.tell_who_keeps_facts", "schedule": crontab(hour="6", minute="30")},
    "speech": {"task": "media.tasks.sweep_speech", "schedule": crontab(minute="*/5")},
    "uploads": {"task": "media.tasks.forget_unfinished_uploads", "schedule": crontab(hour="4", minute="20")},
    "h5p": {"task": "media.tasks.sweep_h5p", "schedule": crontab(minute="*/5")},
    "unused speech": {"task": "media.tasks.remove_unused_speech", "schedule": crontab(hour="4", minute="10")},
    "backups": {"task": "lms.tasks.make_nightly_backup", "schedule": crontab(hour="1", minute="30")},
    "own pages": {"task": "courses.tasks.remove_what_was_taken_off", "schedule": crontab(hour="4", minute="40")},
}
