"""Pages of answers by link."""
