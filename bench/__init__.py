"""Measurements: pages and paper of a plan of 600 actions (script/bench)."""
