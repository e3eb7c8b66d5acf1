# docker build -t ramp155 .
# Built: the record checked, the model compiled, every page opened once. Run: as nobody in particular, with nothing to write to
# but /tmp. docs/deploy.md has each restriction with the command that tries it.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.txt requirements.lock ./
RUN python -m venv .venv && .venv/bin/python -m pip install --require-hashes -r requirements.lock
COPY app.py settings.toml LICENSE ./
COPY .streamlit .streamlit
COPY data data
COPY deploy deploy
COPY pages pages
COPY ramp155 ramp155
COPY static static
COPY ui ui
# Compiled for any processor of its kind, for the image may run on another machine than the one that builds it.
ENV NUMBA_CPU_NAME=generic
RUN deploy/prepare

FROM python:3.11-slim-bookworm
COPY --from=build /app /app
WORKDIR /app
ENV ADDRESS=0.0.0.0 NUMBA_CPU_NAME=generic PORT=8501 RAMP155_SETTINGS=/app/deploy/settings.toml
USER 65532:65532
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD [".venv/bin/python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/ready', timeout=2)"]
ENTRYPOINT ["deploy/start"]
