"""Watching an installation: tasks that failed, what waits, the page of its health, metrics, traces and errors.

docs/how-to/watch-an-installation.md is for who does the watching.
"""
