"""The benchmarks: each prints ratios against a floor run beside it."""
