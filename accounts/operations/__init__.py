"""What changes more than one row: roles, accounts and invitations, each with its history."""
