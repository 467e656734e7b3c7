# Two commands are all that a newcomer needs: `make run` and `make test`.
PY = .venv/bin/python
.PHONY: run test lock format clean

run:
	@bin/setup runtime
	@.venv/bin/guichet run

# Exactly what CI runs; stops at the first thing that is wrong. The tests' summary is the last line.
test:
	@bin/setup test
	@echo "== format";   .venv/bin/ruff format --check .
	@echo "== lint";     .venv/bin/ruff check .
	@echo "== types";    .venv/bin/mypy
	@echo "== imports";  .venv/bin/lint-imports --no-cache
	@echo "== catalogs"; $(PY) -m i18n.catalogs check
	@echo "== tests";    $(PY) -m pytest -v --numprocesses auto --maxprocesses 4 $(ARGS)

format:
	@bin/setup test
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

# Exact versions with hashes, for every platform; `make lock UPGRADE=--upgrade` moves them forward.
lock:
	@bin/setup test
	@$(PY) -m pip install --quiet uv==0.13.9
	@cd requirements && for name in build runtime test; do \
	  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    $(UPGRADE) $$name.in --output-file $$name.txt || exit 1; \
	done

# What was installed and built; var/ holds the desk's data and stays.
clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
