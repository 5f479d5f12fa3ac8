"""The pages of the meldingen."""
