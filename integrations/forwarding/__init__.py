"""The record stores that statements are sent on to, for administrators."""
