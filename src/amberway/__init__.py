"""Amberway: plan, test and explain the defence of the Baltic states, in the open.

>>> import amberway as aw
>>> scenario = aw.load("baltic")
>>> plan = aw.plan(scenario)
"""
