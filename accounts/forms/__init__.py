"""The forms of accounts: at the entrance, about people, about the house style."""
