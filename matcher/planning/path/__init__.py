"""The path planner: the fastest, cheapest and strongest way to a target, as an integer program.

`problem` says what is asked and what can be done, `chains` how actions stack to raise a skill,
`program` writes the integer program, `timeline` lays a choice out in days, `search` finds the best
and next best plans, `strength` asks the ranking model, `relaxing` says what to give up.
"""
