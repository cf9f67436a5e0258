"""What is repeated among passages and documents: links and marks, never cuts.

A fitted stage that stands between segment and embed. Form text and statutory wording would otherwise
become the largest "theme", the same incident exported twice would count twice, and a policy would be
quoted from a version that no longer holds.

    links = relate(documents)
    marks = link(documents, passages, links)
"""

from thememiner.linking.marking import link
from thememiner.linking.relating import relate

__all__ = ["link", "relate"]
