"""Themes nobody asked for: clusters of passages, from a shared-nearest-neighbour graph cut by Louvain.

A fitted stage on plain arrays: `neighbours` (vectors → graph), `cutting` (graph → communities), `themes`
(which cut, which communities, how sure), `portraits` (rows that show a theme) and `changes` (since an earlier
run). All decisions rest on vectors rounded to
integers small enough for float32 to add exactly, so that neither threads nor the order of sums can
change one.
"""

from thememiner.discovering.changes import caution, emerging
from thememiner.discovering.portraits import portray
from thememiner.discovering.themes import cluster, persistent

__all__ = ["caution", "cluster", "emerging", "persistent", "portray"]
