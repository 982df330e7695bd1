"""Benchmarks: each prints ratios against a floor measured alongside it."""
