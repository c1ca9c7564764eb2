"""What is offered: course paths, their dates, and the path builder of who teaches or leads."""
