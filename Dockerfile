# One image for every part of the product; docker-compose.yml says which part a container becomes.

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund


FROM python:3.11-slim-bookworm AS base
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app


FROM base AS build
RUN pip install --no-cache-dir "uv~=0.13.9"
COPY pyproject.toml uv.lock ./
RUN UV_PYTHON_DOWNLOADS=never uv sync --frozen --no-dev --no-default-groups --compile-bytecode
COPY --from=packages /app/node_modules node_modules
COPY . .
# The key serves for this one step and signs nothing.
RUN SECRET_KEY=build python manage.py build_icons \
 && SECRET_KEY=build python manage.py build_texts \
 && SECRET_KEY=build STATIC_ROOT=/app/var/static python manage.py collectstatic --no-input \
 && rm -rf node_modules/@tabler


FROM base
RUN useradd --system --uid 10001 --no-create-home ivcentrum \
 && install --directory --owner ivcentrum /data/media /data/beat
COPY --from=build /app /app
ENV STATIC_ROOT=/app/var/static \
    MEDIA_ROOT=/data/media \
    BEAT_SCHEDULE_FILE=/data/beat/schedule \
    XDG_CACHE_HOME=/tmp/cache
USER ivcentrum
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["script/healthy", "web"]
ENTRYPOINT ["script/serve"]
CMD ["web"]
