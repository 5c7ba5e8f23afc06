# Two commands matter: `make run` and `make test`. Everything else is for people who work on the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LONG := long or browser or postgresql

.DEFAULT_GOAL := help
.PHONY: help run test test-long setup check format play migrate bench bench-faults fuzz-desk lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: $(VENV)/.run  ## without BOT_TOKEN: the playground on http://127.0.0.1:8080; with it: the bot on Telegram
	@$(BIN)/support-bot run

play: $(VENV)/.run  ## the playground, whatever the settings say
	@$(BIN)/support-bot play

test: $(VENV)/.dev  ## the tests, on SQLite: five minutes on two cores
	@$(BIN)/python -m pytest -n 4 -m "not ($(LONG))"

test-long: $(VENV)/.dev  ## the rest of them: on PostgreSQL, in a browser, with bots as processes; CI runs both
	@$(BIN)/python -m pytest -m "$(LONG)"

check: $(VENV)/.dev  ## ruff, mypy strict, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev  ## put the code into the house format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

migrate: $(VENV)/.run  ## bring the database to the newest schema
	@$(BIN)/support-bot migrate

bench: $(VENV)/.dev  ## measure: messages/s, CPU a message, claim time, classifier
	@$(BIN)/python -m benchmarks

bench-faults: $(VENV)/.dev  ## break things while customers write, and count: NAMES="kill term", KILLS=200 for a release
	@$(BIN)/python -m benchmarks.faults $(NAMES) $(if $(KILLS),--kills $(KILLS)) $(if $(ON),--on $(ON))

fuzz-desk: $(VENV)/.dev  ## 200 customers and 5 operators at random, SEEDS="1 2 3"; what must hold is checked in the end
	@DESK_SEEDS="$(or $(SEEDS),1 2 3)" DESK_CUSTOMERS=200 DESK_ACTIONS=1200 $(BIN)/python -m pytest -n 0 -q tests/fuzz/test_the_desk_at_random.py

setup: $(VENV)/.run  ## build .venv with support-bot in it

# A stamp each: running needs the run-time packages only, developing needs the rest on top.
$(VENV)/.run: requirements/run.lock pyproject.toml
	@echo "Setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "support-bot needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 bot handlers playground services storage  # some shells forbid Python to do it at the first start
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "Adding the tools for tests and checks (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.lock
	@touch $@

lock: $(VENV)/.dev  ## renew requirements/*.lock from pyproject.toml
	@$(BIN)/uv pip compile $(LOCKFLAGS) pyproject.toml requirements/build.in --output-file requirements/run.lock
	@$(BIN)/uv pip compile $(LOCKFLAGS) --constraint requirements/run.lock --group dev pyproject.toml requirements/build.in --output-file requirements/dev.lock

LOCKFLAGS := --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11

clean:  ## remove .venv and caches (never data/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
