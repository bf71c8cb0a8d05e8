# Two commands: `make run` starts the clinic, `make test` proves it. The others: `make help`.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .venv/bin/uv
CATALOGUES := $(shell find clinic_app/translations -name '*.po')

export UV_PROJECT_ENVIRONMENT := .venv
.DELETE_ON_ERROR:
.PHONY: help setup run demo test lint pytest draw bench wheel machine clean

help: ## Show what each command does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

machine:
	@$(PYTHON) clinic_app/machine.py

$(UV):
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.venv/.stamp: uv.lock pyproject.toml hatch_build.py $(CATALOGUES) | $(UV)
	@$(UV) sync -q --locked --compile-bytecode
	@.venv/bin/python -m compileall -q clinic_app
	@touch $@

# What draws the pictures is for those who change one: a running clinic does without.
.venv/.drawing: .venv/.stamp
	@$(UV) sync -q --locked --group drawing
	@touch $@

setup: machine .venv/.stamp ## Install everything into .venv

run: machine .venv/.stamp ## Start the clinic on http://127.0.0.1:5000 (PORT=... changes it, LAN=1 opens it to tablets)
	@.venv/bin/clinic run $(if $(filter 1,$(LAN)),--lan)

demo: machine .venv/.stamp ## Start a demonstration clinic with synthetic patients, in instance/demo
	@CLINIC_FOLDER=instance/demo .venv/bin/clinic demo
	@CLINIC_FOLDER=instance/demo .venv/bin/clinic run

# Root on Debian or Ubuntu: the test programs are installed. Elsewhere the tests say what to install.
.venv/.programs: | $(UV)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  want=$$($(PYTHON) tests/programs.py); \
	  if [ -n "$$want" ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$want >/dev/null; fi; fi
	@touch $@

lint: .venv/.drawing
	@.venv/bin/ruff check -q
	@.venv/bin/ruff format -q --check
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo >/dev/null || .venv/bin/lint-imports --no-logo

pytest: .venv/.drawing .venv/.programs
	@.venv/bin/pytest

test: .venv/.drawing .venv/.programs ## Check the code and run every test, in a browser and on PostgreSQL too
	@$(MAKE) -s -j2 lint pytest

draw: .venv/.drawing ## Draw every picture again from its pose
	@.venv/bin/clinic draw

bench: .venv/.stamp .venv/.programs ## Print the table of medians and ratios
	@.venv/bin/python -m tests.bench

wheel: .venv/.stamp ## Build the wheel into dist/
	@$(UV) build -q --wheel

clean: ## Remove what was installed and built (never the clinic's data)
	rm -rf .venv dist
