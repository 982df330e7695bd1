"""Storage: the models, the engine, the schema, and the queries, one noun per file."""
