"""Measurements; script/bench starts them."""
