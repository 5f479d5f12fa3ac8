"""How people's words are found in Dutch text, wherever one searches."""

from __future__ import annotations

SEARCH_CONFIG = "dutch_plain"  # Dutch stems without accents; made in core's migrations
TYPO_SIMILARITY = 0.45  # of a searched word to a word of the title, from 0 to 1
