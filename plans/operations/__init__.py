"""Changes that span things: the history, other rows, versions. One module per concept."""
