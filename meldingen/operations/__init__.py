"""What happens to a melding, each act in one transaction with its line in the history."""
