"""A whole organisation to another Kortwijs, with its people and what they learned (docs/decisions/0060-leaving.md)."""
