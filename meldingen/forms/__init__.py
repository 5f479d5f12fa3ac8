"""The forms of the meldingen."""
