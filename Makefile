# make run | test | lint | bench. A fresh machine needs Python 3.11 or newer and make, nothing else.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(if $(shell $(name) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(name))))
BIN := .venv/bin
# The environment carries the checksum of the lock file that it was made from: unchanged, it is taken as it is.
SUM = $(firstword $(shell cksum < $(1)))
ENV := .venv/run-$(call SUM,requirements.lock)
ENV_DEV := .venv/dev-$(call SUM,requirements-dev.lock)
SECONDS_EACH := $(or $(BENCH_SECONDS),20)

.PHONY: run test lint bench bench-recherche bench-listes

run: $(ENV)
	@$(BIN)/python -m tasks.service --verifier
	@$(BIN)/flask --app app migrer
	@$(BIN)/flask --app app referentiels charger
	@if [ "$${DEMO:-1}" = 1 ]; then $(BIN)/flask --app app demo; fi
	@exec $(BIN)/python -m tasks.service

test: lint
	@$(BIN)/python -m tests.systeme chromium postgresql
	@$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: $(ENV_DEV)
	@$(BIN)/ruff check --no-cache --quiet .
	@$(BIN)/ruff format --no-cache --quiet --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

bench: $(ENV_DEV)
	@$(BIN)/python -m tests.systeme wrk || true
	@$(BIN)/python -m tests.bench $(SECONDS_EACH)

# Millions of establishments: MILLIONS="1 5" for other sizes than 1, 5 and 16 (which take an hour and 12 GB).
# BENCH_DOSSIER=folder keeps the files there: the next run only searches.
bench-recherche: $(ENV_DEV)
	@$(BIN)/python -m tests.bench.recherche $(MILLIONS)

# A million dossiers, on SQLite and on PostgreSQL: half an hour. DOSSIERS=60000 for fewer, without a table.
bench-listes: $(ENV_DEV)
	@$(BIN)/python -m tests.systeme postgresql
	@$(BIN)/python -m tests.bench.listes $(DOSSIERS)

$(ENV): LOCK := requirements.lock
$(ENV_DEV): LOCK := requirements-dev.lock
$(ENV) $(ENV_DEV):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or: make PYTHON=/path/to/it" >&2; exit 1; }
	@echo "Installing $(LOCK) into .venv"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv \
		|| { echo "Python has no venv module: install it (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@touch $@
