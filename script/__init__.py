"""The commands of this house; each is thin, what it does stands in script/lib."""
