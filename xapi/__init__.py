"""Statements and the embedded record store."""
