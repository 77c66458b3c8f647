"""Learning an additive ranking score from recorded lists: `AdditiveRanker`.

Importing this package loads scikit-learn; what it learns (`matcher.ranking.tables`) does not.
"""

from matcher.ranking.learning.ranker import AdditiveRanker

__all__ = ["AdditiveRanker"]
