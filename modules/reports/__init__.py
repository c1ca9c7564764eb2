"""What is missing, stale or unused, for who keeps the lessons true: lists to work through."""
