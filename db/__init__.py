"""Where everything is kept: the engine, the tables, and the queries, one noun a file."""
