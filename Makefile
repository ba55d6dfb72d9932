# Everything runs in a virtual environment that the first target makes; nothing else is needed but
# Python 3.11 to 3.13. VARS names a YAML file of dbt vars: make build VARS=my_vars.yml
#
# What comes from the command line or the environment is read by the shell from the environment ("$$VARS"): put into
# the text of a command, it would be a part of it.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
DBT := $(VENV)/bin/dbt
INSTALLED := $(VENV)/installed
# 0.5 GB that only Spark needs, so not for `make build`, and nothing without Java.
SPARK_INSTALLED := $(if $(or $(JAVA_HOME),$(shell command -v java)),$(VENV)/installed_spark)
# MetricFlow, which only `make metrics` and its tests need.
METRICS_INSTALLED := $(VENV)/installed_metrics
DBT_VARS := $(if $(VARS),--vars "$$(cat "$$VARS")")

export DBT_PROFILES_DIR := $(CURDIR)
export GSMT_DATABASE ?= $(CURDIR)/gsmt.duckdb

.DEFAULT_GOAL := build
.PHONY: build test test_nightly lint lint_python lint_sql format sync docs site practice validate sql query metrics check \
	spark bench worlds lock clean

TIMES_OF_NODES := $(if $(TIMES),$(RUN) -m scripts.slowest_nodes,true)
## build: events to targets on DuckDB, then docs, Data Docs and SQL, and the table of targets; TIMES=1: what took long
build: $(INSTALLED)
	@$(RUN) -m scripts.database
	@$(if $(VARS),$(RUN) -m scripts.vars_file "$$VARS")
	@$(DBT) build $(DBT_VARS) || { $(RUN) -m scripts.target_status; $(TIMES_OF_NODES); exit 1; }
	$(RUN) -m scripts.sql_export --out target/sql
	GSMT_WEBHOOK= $(RUN) -m scripts.validate --out target/validation
	$(RUN) -m scripts.docs --out target/site
	$(RUN) -m scripts.site --out target/site
	@$(RUN) -m scripts.target_status
	@$(TIMES_OF_NODES)

PYTEST := $(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
	--durations 60 --durations-min 10
## test: every quality gate, and every test but those of test_nightly
test: lint $(SPARK_INSTALLED) $(METRICS_INSTALLED)
	$(PYTEST) -m "not nightly"

## test_nightly: what repeats for more rooms, or on Spark, what a test of `make test` shows
test_nightly: $(INSTALLED) $(SPARK_INSTALLED) $(METRICS_INSTALLED)
	$(PYTEST) -m nightly

# Python and SQL at the same time: most of their tools keep one processor busy.
lint: $(INSTALLED)
	@$(MAKE) --no-print-directory --jobs 2 lint_python lint_sql

lint_python: $(INSTALLED)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# dbt parses as sqlfluff does, so that it need not, and beside what a build has parsed for another database.
lint_sql: $(INSTALLED)
	@$(if $(VARS),$(RUN) -m scripts.vars_file "$$VARS")
	$(DBT) parse --warn-error --show-all-deprecations \
		--profile gsmt --target memory --target-path target/lint
	$(VENV)/bin/dbt-bouncer run
	$(VENV)/bin/sqlfluff lint --processes 2 models analyses tests

format: $(INSTALLED)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/sqlfluff fix models analyses tests

## sync: write what lists signals or metrics from their YAML, and the entity diagrams from the models
sync: $(INSTALLED)
	@$(RUN) -m scripts.sync

## docs: dbt's docs in one file, and column lineage
docs: $(INSTALLED)
	$(RUN) -m scripts.docs --out target/site

## site: the site of the last build, with practice and a switch to the degraded worlds, which are built for it
site: $(INSTALLED)
	$(RUN) -m scripts.degraded_worlds degraded hidden
	$(RUN) -m scripts.site --degraded target/degraded/gsmt.duckdb --hidden target/hidden/gsmt.duckdb --out target/site

## practice: interviews, exercises and modelling tasks in the browser; builds what is not there
practice: $(INSTALLED)
	@test -f "$$GSMT_DATABASE" || $(MAKE) --no-print-directory build
	@test -f target/hidden/gsmt.duckdb || $(RUN) -m scripts.degraded_worlds hidden
	$(RUN) -m scripts.site $$(test -f target/degraded/gsmt.duckdb && echo --degraded target/degraded/gsmt.duckdb) \
		--hidden target/hidden/gsmt.duckdb --out target/site
	@$(RUN) -m webbrowser -t "file://$(CURDIR)/target/site/practice/index.html"

## validate: the Great Expectations suites of all marts, and their Data Docs; GSMT_WEBHOOK notifies, SCENARIO chooses
validate: $(INSTALLED)
	@$(if $(WEBHOOK),GSMT_WEBHOOK="$$WEBHOOK") $(RUN) -m scripts.validate --out target/validation \
		$(if $(SCENARIO),--scenario "$$SCENARIO")

## sql: whiteboard queries and table definitions for six dialects
sql: $(INSTALLED)
	@$(if $(VARS),$(RUN) -m scripts.vars_file "$$VARS")
	$(DBT) compile --quiet $(DBT_VARS)
	$(RUN) -m scripts.sql_export --out target/sql

## query: a metric, METRIC=name BY=slice GRAIN=week, or what a file says, SQL=file.sql, of the last build
query: $(INSTALLED)
	@$(RUN) -m scripts.query $(if $(METRIC),--metric "$$METRIC") $(if $(BY),--by "$$BY") \
		$(if $(GRAIN),--grain "$$GRAIN") $(if $(STATISTIC),--statistic "$$STATISTIC") \
		$(if $(SQL),--sql "$$SQL") $(if $(SCENARIO),--scenario "$$SCENARIO")

## metrics: the semantic layer of the last build, and a metric of it by MetricFlow: METRIC=name BY=slice GRAIN=week
metrics: $(INSTALLED) $(METRICS_INSTALLED)
	@$(RUN) -m scripts.semantic_layer $(if $(METRIC),--metric "$$METRIC") $(if $(BY),--by "$$BY") \
		$(if $(GRAIN),--grain "$$GRAIN")

## check: lint, tests, targets, whiteboard queries and mutations of one metric, METRIC=name
check: $(INSTALLED)
	@$(RUN) -m scripts.check $(if $(METRIC),"$$METRIC")

## spark: scenarios on a Spark of this machine's own, and whether they equal DuckDB's; SCENARIO chooses
spark: $(INSTALLED) $(SPARK_INSTALLED)
	@$(RUN) -m scripts.spark $(if $(SCENARIO),--scenario "$$SCENARIO")

## bench: how long builds take, and their ratio to bare DuckDB; docs/scale.md reads it. EVENTS=100M, RUNS=5
EVENTS ?= 10M
RUNS ?= 3
bench: $(INSTALLED)
	$(RUN) -m scripts.benchmark all $(addprefix --events ,$(EVENTS)) --runs $(RUNS)

## worlds: make the seeds anew, and all other worlds in worlds/; USERS, DAYS and SCENARIO choose
worlds: $(INSTALLED)
	$(RUN) -m scripts.worlds all $(if $(SCENARIO),--scenario "$$SCENARIO") \
		$(if $(USERS),--users "$$USERS") $(if $(DAYS),--days "$$DAYS")

## lock: write requirements.txt, requirements-spark.txt and requirements-metrics.txt from pyproject.toml
LOCK := $(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet
lock: $(INSTALLED)
	$(LOCK) --extra development -o requirements.txt
	$(LOCK) --extra spark --constraint requirements.txt -o requirements-spark.txt
	$(LOCK) --extra metrics --constraint requirements.txt -o requirements-metrics.txt

clean:
	rm -rf target logs gsmt.duckdb gsmt.duckdb.wal worlds .pytest_cache .mypy_cache .ruff_cache

# A lock names all that is needed, overrides of pyproject.toml applied: nothing is resolved again.
INSTALL := $(VENV)/bin/uv pip install --quiet --no-config --no-deps --python $(RUN) --require-hashes --requirement
# The installer itself comes from the lock too, hash and all.
$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11 to 3.13 is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/^    #/p' requirements.txt > $(VENV)/installer.txt
	$(RUN) -m pip install --quiet --require-hashes --requirement $(VENV)/installer.txt
	$(INSTALL) requirements.txt
	touch $(INSTALLED)

$(VENV)/installed_%: requirements-%.txt $(INSTALLED)
	$(INSTALL) $<
	touch $@
