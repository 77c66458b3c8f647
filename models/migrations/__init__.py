"""The one migration history; it runs on SQLite and PostgreSQL."""
