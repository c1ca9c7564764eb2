"""Twin texts (standaard beside makkelijk), facts, glossary; readability comes here."""
