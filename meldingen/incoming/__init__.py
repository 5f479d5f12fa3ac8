"""A mail from outside, before it is anything of ours: fetched, read, judged. No tables in here."""
