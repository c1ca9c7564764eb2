"""The article 4 dossier of an organisation, recorded in versions: docs/explanation/article-4.md."""
