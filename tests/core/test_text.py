from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from core.text import refuse_hidden_characters


@pytest.mark.parametrize("text", ["Eén zin.", "twee\nregels\tmet tab", "café – “goed”", "👍"])
def test_ordinary_text_passes(text: str) -> None:
    refuse_hidden_characters(text)


@pytest.mark.parametrize("text", ["nul\x00", "belletje\x07", "om\u202egekeerd", "half\ud800"])
def test_hidden_characters_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match="onzichtbare tekens"):
        refuse_hidden_characters(text)
