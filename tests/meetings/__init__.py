"""Tests of meetings and what was decided there."""
