"""Queries, one noun per file; none of them commits."""
