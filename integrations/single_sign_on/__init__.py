"""Signing in with one's school or employer (OpenID Connect); why so: docs/decisions/0050-single-sign-on.md."""
