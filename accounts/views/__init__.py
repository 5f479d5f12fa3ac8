"""The pages of accounts: the entrance, one's own account, people, the style of the house."""
