import uuid

from django.conf import settings
from django.db import models


class Response(models.Model):
    """One answer. Its id was made on the phone and is that of the event and the statement too.

    `module`, `attempt` and `exercise` are ids, not foreign keys: this room does not know in which
    module an exercise stands. `at` is the phone's clock, `received_at` the server's, a microsecond apart for what
    came together, in the order in which it came. `review`: it was
    given when the question came back, outside its lesson.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="responses")
    module = models.CharField(max_length=40)
    attempt = models.UUIDField()
    exercise = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    answer = models.JSONField()
    correct = models.BooleanField(null=True)
    parts = models.JSONField(default=dict)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    review = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "module", "received_at"], name="response_of_user")]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.correct}"


class QuestionnaireAnswers(models.Model):
    """One questionnaire, filled in. Its id was made on the phone or in the form, so that it can come twice.

    `result` is what the answers meant by the file of that `version`, as plain data (`Result.as_data`): an old
    result can be shown when the file changed since. `made_at` is the phone's clock, `received_at` the server's.
    What should stay on the phone (`on_phone_only`) is never in `answers`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="questionnaires")
    questionnaire = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    result = models.JSONField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "questionnaire", "received_at"], name="questionnaire_of_user")]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.version}"
