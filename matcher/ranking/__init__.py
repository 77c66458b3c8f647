"""Who fits what, and why: plain data in, plain data out.

Import from the files themselves (`matcher.ranking.recommend`, `.types`, `.explain` ...): this
file stays empty so that importing the package costs nothing.

Reading order: types, requirements, features, weights, scorer, recommend, explain.
"""
