"""The database connection, on SQLite and PostgreSQL alike."""
