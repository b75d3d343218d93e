PORT ?= 8501
# Three tests at a time on two cores, as each waits half of its time for a page; a file of tests stays with one of them,
# so that what it starts is started once.
WORKERS ?= 3
# What is compiled is kept, whatever this machine says: without it every worker, server and child of a test would compile
# anew what it imports, our modules and all of Streamlit.
export PYTHONDONTWRITEBYTECODE =
PYTEST = .venv/bin/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: run lock quick test test-all check format coverage screenshots bench

run:
	@setup/environment.sh
	@exec .venv/bin/streamlit run app.py --server.port $(PORT) --server.address 0.0.0.0

# While one writes: no browser, nothing slow.
quick:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@$(PYTEST) -m "not browser and not faults and not slow and not twin"

# Before each commit that goes to others: everything, on PostgreSQL too where databases may differ. What a busy machine
# failed in a browser is tried once more, and named in the last lines (decision 24).
test:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@$(PYTEST) -p tests.second_try --max-suite-reruns 3 -m "not twin"

# Before a release: everything, and each test of the database on both.
test-all:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@$(PYTEST)

check:
	@setup/environment.sh requirements-test.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python setup/words.py

format:
	@setup/environment.sh requirements-test.txt
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

coverage:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@$(PYTEST) --cov --cov-report=term

screenshots:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@.venv/bin/python -m setup.screenshots

bench:
	@setup/system.sh
	@setup/environment.sh requirements-test.txt
	@.venv/bin/python -m bench

lock:
	@setup/lock.sh
