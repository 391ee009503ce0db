# Every target makes .venv first; only Python >= 3.11 and make are needed.
PYTHON ?= python3
BIN := .venv/bin
FETCH = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r
UNFETCHED = "The packages could not be fetched. Only this first step needs the network (or a package index of your own: PIP_INDEX_URL); try again when it is there."
ON_BOTH = tests/db tests/dispatch tests/editor tests/end_to_end tests/helping tests/home tests/lookbacks tests/owed \
  tests/ownit tests/people tests/privacy tests/promises tests/recap tests/repair
.DEFAULT_GOAL := help

.PHONY: help setup postgres tools demo test test-postgres check bench soak manifest lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready  ## make .venv with what Mend runs on, from the lock file

postgres: .venv/.postgres  ## what MEND_DATABASE_URL=postgresql://… needs besides

# The tests and checks need more, a browser driver among it; who runs Mend is spared that.
tools: .venv/.tools

.venv/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Mend needs Python 3.11 or newer. Name one: make PYTHON=python3.12 setup"; exit 1; }
	@test -w . || { echo "This folder cannot be written, and Mend keeps its packages in .venv here. Use a copy of your own."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
	  { echo "Python could not make .venv. On Debian and Ubuntu: apt install python3-venv, then again."; exit 1; }
	$(FETCH) $< || { echo $(UNFETCHED); exit 1; }
	@touch $@

.venv/.postgres: requirements-postgres.lock .venv/.ready
	$(FETCH) $< || { echo $(UNFETCHED); exit 1; }
	@touch $@

.venv/.tools: requirements-dev.lock .venv/.ready
	$(FETCH) $< || { echo $(UNFETCHED); exit 1; }
	@touch $@

demo: setup  ## a Slack workspace of its own with Mend in it; open the address it prints (PORT=9000)
	@$(BIN)/python -m workspace demo $(if $(PORT),--port $(PORT))

test: tools  ## the tests, in three processes: some of them wait for something
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# With everything in a PostgreSQL server that the tests start and stop; Debian: apt install postgresql.
test-postgres: tools  ## what holds for any database, in PostgreSQL
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --postgres $(ON_BOTH)

check: tools  ## formatting, lint, types, generated files, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python bot.py check
	$(MAKE) --no-print-directory test

bench: tools  ## every figure the docs quote, with its method
	@$(BIN)/python -m tests.bench

soak: tools  ## an upgrade, outages, and 200 kills under load; nothing may be lost, doubled or shown
	@$(BIN)/python -m tests.soak

manifest: setup  ## write manifest.json and .env.example from the code
	@$(BIN)/python bot.py manifest > manifest.json.new && mv manifest.json.new manifest.json
	@$(BIN)/python bot.py settings > .env.example.new && mv .env.example.new .env.example

lock:  ## pin requirements*.in with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet requirements-postgres.in -c requirements.lock -o requirements-postgres.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean:  ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
