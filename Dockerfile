# One image for web, worker and clock, as compose.yaml runs it. See docs/install.md.
# For reproducible builds, pin the base image too: --build-arg PYTHON=3.11-slim-bookworm@sha256:…
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ENV PATH=/opt/guichet/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/guichet
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/build.txt \
 && pip install --require-hashes --no-build-isolation -r requirements/runtime.txt
COPY . .
RUN pip install --no-deps --no-build-isolation .

FROM python:${PYTHON}
RUN useradd --uid 10001 --home-dir /var/lib/guichet --shell /usr/sbin/nologin guichet \
 && install --directory --owner=guichet --group=guichet --mode=0700 /var/lib/guichet
COPY --from=build /opt/guichet /opt/guichet
ENV PATH=/opt/guichet/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PORT=8000
WORKDIR /var/lib/guichet
USER 10001
EXPOSE 8000
# For web. A worker or a clock has no port to ask: disable the check there, as compose.yaml does.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=3)"]
ENTRYPOINT ["guichet"]
CMD ["web", "--host", "0.0.0.0"]
