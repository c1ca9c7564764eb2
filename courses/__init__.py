"""What is offered: course paths, their dates and the teacher's path builder will live here."""
