"""The pages of agreements, each group of acts in a module of its own."""
