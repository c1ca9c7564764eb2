"""What goes wrong with a copy, in the words of who makes it or puts it back."""


class BackupError(Exception):
    """A copy was not made, or not put back. The message is Dutch and says what to do."""
