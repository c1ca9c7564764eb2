"""Credentials (on screen: bewijzen) as Open Badges 3.0; why so: docs/decisions/0041-credentials.md."""
