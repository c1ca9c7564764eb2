"""Sending statements on to other record stores, and completions to those of organisations."""
