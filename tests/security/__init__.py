"""The security run: `make security`, a module per part, each on its own (docs/explanation/security.md)."""
