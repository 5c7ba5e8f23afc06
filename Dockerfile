# docker build -t support-bot . && docker run --env-file .env -v support-data:/app/data -p 127.0.0.1:8080:8080 support-bot
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /src
# The packages change less often than the code, so they are a layer of their own.
COPY requirements/run.lock requirements/run.lock
RUN pip install --quiet --require-hashes --requirement requirements/run.lock
COPY pyproject.toml README.md LICENSE ./
COPY storage/ storage/
COPY services/ services/
COPY handlers/ handlers/
COPY playground/ playground/
COPY bot/ bot/
RUN pip install --quiet --no-deps --no-build-isolation .

FROM python:3.13-slim
# The number, so that an orchestrator can see that it is not root.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin support \
    && mkdir -p /app/data \
    && chown 10001:10001 /app/data \
    && chmod 700 /app/data
COPY --from=build /venv /venv
WORKDIR /app
COPY config.toml ./
COPY scenarios/ scenarios/
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SUPPORT_HTTP__HOST=0.0.0.0
USER 10001
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('SUPPORT_HTTP__PORT', '8080') + '/health/live', timeout=4)"]
# Exec form: the bot itself is process 1 and gets SIGTERM. It drains for up to 30 s, so stop with `docker stop -t 40`.
ENTRYPOINT ["support-bot"]
CMD ["run"]
