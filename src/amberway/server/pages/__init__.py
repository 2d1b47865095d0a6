"""What the pages show, as typed data: one file a page, its models and how they are made.

Pages of the tables are made when they are asked for; pages of a run are made once, by its worker.
"""
