"""What a learner does: event intake, attempts, progress, the learner's home."""
