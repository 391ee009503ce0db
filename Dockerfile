# Mend's image. Its code is read-only; all it writes is in /var/lib/mend: the database (where that
# is a file) in data/, the playbooks in playbooks/. How to run it: docs/operators.md.

FROM python:3.13-slim AS packages
WORKDIR /opt/mend
COPY requirements*.lock ./
RUN python -m venv --without-pip .venv && \
    for lock in *.lock; do \
      python -m pip --python .venv/bin/python install --quiet --disable-pip-version-check \
      --no-cache-dir --no-deps --require-hashes -r "$lock" || exit 1; \
    done

FROM python:3.13-slim
COPY --from=packages /opt/mend/.venv /opt/mend/.venv
COPY bot.py pyproject.toml /opt/mend/
COPY handlers /opt/mend/handlers
COPY mend /opt/mend/mend
COPY playbooks /opt/mend/playbooks
COPY deploy/start.sh /opt/mend/deploy/start.sh
# The group is for OpenShift, where the account may be any and its group is 0.
RUN /opt/mend/.venv/bin/python -m compileall -q /opt/mend/handlers /opt/mend/mend && \
    install -d -o 10001 -g 0 -m 770 /var/lib/mend
USER 10001:10001
WORKDIR /var/lib/mend
VOLUME /var/lib/mend
# An account without a name has no home, and slack_sdk asks for one as it is read.
ENV HOME=/var/lib/mend MEND_HOST=0.0.0.0 MEND_METRICS_PORT=9090 PYTHONUNBUFFERED=1
EXPOSE 3000 9090
HEALTHCHECK --start-period=60s --timeout=5s CMD ["/opt/mend/.venv/bin/python", "-c", "import http.client, os; bot = http.client.HTTPConnection('127.0.0.1', int(os.environ['MEND_METRICS_PORT']), timeout=3); bot.request('GET', '/healthz'); exit(bot.getresponse().status != 200)"]
ENTRYPOINT ["/opt/mend/deploy/start.sh"]
CMD ["run"]
