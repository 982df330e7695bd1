"""Queries, one noun a file; none of them commits."""
