"""Themes nobody asked for: clusters of passages, from a shared-nearest-neighbour graph cut by Louvain.

A fitted stage on plain arrays, in three rooms: `neighbours` (vectors → graph), `cutting` (graph →
communities) and `themes` (which cut, which communities, how sure). All decisions rest on vectors rounded to
integers small enough for float32 to add exactly, so that neither threads nor the order of sums can
change one.
"""

from thememiner.discovering.themes import cluster, persistent

__all__ = ["cluster", "persistent"]
