"""The log of requests of gunicorn, without the secrets that stand in some addresses."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from core.logs import WithoutSecrets


class AccessLog(Logger):  # type: ignore[misc]  # it has no types
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.access_log.addFilter(WithoutSecrets())
