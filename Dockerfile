# Etalase, whole, with its matte network: one image for the web application, the worker, Prefect's server and the
# command line. What it is to be is said by the command: see compose.yaml and deploy/kubernetes.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS installed
WORKDIR /opt/etalase
RUN python -m venv .venv
# The lock by itself: this layer is made again only when the lock changes.
COPY requirements.txt ./
RUN .venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt
COPY . ./
# Where it lies is where it runs: prefect.yaml is read from beside the code.
RUN .venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m compileall -q cli config drafting flows models processing publishing storage web

FROM python:${PYTHON}-slim
# A process 1 that buries the dead: of a run that is killed, children stay behind.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/etalase etalase \
    && install --directory --owner=etalase /srv/etalase
COPY --from=installed /opt/etalase /opt/etalase
ENV PATH=/opt/etalase/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ETALASE_HOME=/var/lib/etalase \
    PREFECT_UI_STATIC_DIRECTORY=/var/lib/etalase/prefect-pages
USER 10001
WORKDIR /var/lib/etalase
EXPOSE 8000
ENTRYPOINT ["tini", "--"]
CMD ["uvicorn", "--factory", "web.app:create_app", "--host", "0.0.0.0", "--port", "8000", "--no-server-header"]
HEALTHCHECK --start-period=60s --interval=30s --timeout=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=8)"]
