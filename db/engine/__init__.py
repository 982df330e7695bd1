"""The database connection, the same on SQLite and PostgreSQL."""
