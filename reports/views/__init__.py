"""The pages of reports: the list and the draft, and the frozen report."""
