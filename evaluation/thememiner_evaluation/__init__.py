"""Measurements anyone can run: benchmarks, metrics and peers. Nothing in the library imports this."""
