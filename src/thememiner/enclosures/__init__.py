"""Tables that come with a review and are no evidence of their own: recommendations, and self-ratings.

    found = recommendations("recs.csv", book)
    found.rows

They are read like everything else, in a process of their own, and go through the same wall. What is wrong in
one is said in a line with its row, before anything else is read.
"""

from thememiner.enclosures.ratings import check_organisations, ratings
from thememiner.enclosures.recommendations import recommendations
from thememiner.enclosures.tables import Enclosed

__all__ = ["Enclosed", "check_organisations", "ratings", "recommendations"]
