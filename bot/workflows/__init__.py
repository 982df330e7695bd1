"""Load, decide, save, show: where that needs more than a state and an answer, or serves two callers."""
