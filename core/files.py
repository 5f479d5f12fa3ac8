"""Files that rows keep: stored under a name that says nothing, given back as a download."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.uploads import CleanFile


def about(clean: CleanFile) -> dict[str, Any]:
    """What a row says of its file."""
    return {
        "name": clean.name,
        "content_type": clean.content_type,
        "size": len(clean.content),
        "sha256": clean.sha256,
    }


@contextmanager
def stored(row: Any, clean: CleanFile) -> Iterator[None]:
    """Store the file and save its row; when what follows fails, the file goes as the row does."""
    # The name on disk says nothing and cannot be guessed.
    row.file.save(f"{uuid.uuid4().hex}{clean.suffix}", ContentFile(clean.content), save=False)
    try:
        row.save()
        yield
    except BaseException:
        row.file.delete(save=False)
        raise


def as_download(row: Any) -> HttpResponse:
    """Always as a download, never shown by the browser as a page of ours."""
    try:
        with row.file.open("rb") as found:  # small enough to read whole: UPLOAD_MAX_BYTES
            content = found.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=row.name)
        or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=row.content_type, headers=headers)
