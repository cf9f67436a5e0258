"""The chain, end to end: the only room that knows the order of the stages.

`running` runs them; `preparing` reads and cuts the texts, `beside` looks for themes beside the codebook,
`placing` puts findings together, and `recording` says what the report keeps of the run.
"""

from thememiner.pipeline.preparing import Prepared, Progress, prepare
from thememiner.pipeline.running import Result, run

__all__ = ["Prepared", "Progress", "Result", "prepare", "run"]
