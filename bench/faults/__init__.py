"""What becomes of the work when workers are killed, and servers hang, fill up or go away.

The product runs as it does for real, by script/serve, on a PostgreSQL, a Redis and a mail server
of its own. `python -m bench.faults` does all of it at full size and keeps the figures.
"""
