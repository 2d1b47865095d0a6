"""The workbench's server: a scenario, its runs and drafts over HTTP, for a browser on this machine.

The browser draws and asks; every number comes from here. Plans are made by worker processes, what
a page needs of a plan is computed once by the worker and stored with the run.
"""
