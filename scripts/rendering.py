"""The project's macros in this process: parsed once, rendered within milliseconds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from scripts.manifest import PROJECT


class Renderer:
    """Renders templates in the place of nodes of the project."""

    def __init__(self, config: Any, manifest: Any, adapter: Any) -> None:
        """Use what `renderer` has set up."""
        self.config, self.manifest, self.adapter = config, manifest, adapter

    def render(self, node_id: str, template: str | None = None) -> str:
        """What a template, or else the node's own SQL, becomes in the place of a node.

        Raises:
            CompilationError: a macro refuses, with what it says.
        """
        from dbt.clients.jinja import get_rendered
        from dbt.context.providers import generate_runtime_model_context

        node = self.manifest.nodes[node_id]
        context = generate_runtime_model_context(node, self.config, self.manifest)
        return str(get_rendered(template or node.raw_code, context, node))


@contextmanager
def renderer(
    manifest: Any, variables: Mapping[str, Any], target: str | None = None
) -> Iterator[Renderer]:
    """Render with what dbt has parsed and these vars, on a target of profiles.yml.

    Args:
        manifest: as dbt's runner returns it.
        variables: those of the command line.
        target: the profile's own where none is named.
    """
    from dbt.adapters.factory import get_adapter, register_adapter, reset_adapters
    from dbt.config.runtime import RuntimeConfig, load_profile, load_project
    from dbt.context.providers import generate_runtime_macro_context
    from dbt.context.query_header import generate_query_header_context
    from dbt.flags import get_flags
    from dbt.mp_context import get_mp_context
    from dbt_common.context import set_invocation_context

    # Otherwise dbt would keep the environment, and so the database, of its last run.
    set_invocation_context(os.environ)
    reset_adapters()  # type: ignore[no-untyped-call]
    manifest.build_flat_graph()
    given = dict(variables)
    profile = load_profile(str(PROJECT), given, target_override=target)
    project = load_project(str(PROJECT), False, profile, given)
    flags = get_flags()  # type: ignore[no-untyped-call]
    config = RuntimeConfig.from_parts(project, profile, flags)
    register_adapter(config, get_mp_context())
    adapter: Any = get_adapter(config)
    adapter.set_macro_resolver(manifest)
    adapter.set_macro_context_generator(generate_runtime_macro_context)
    adapter.connections.set_query_header(generate_query_header_context(config, manifest))
    with adapter.connection_named("rendering"):
        yield Renderer(config, manifest, adapter)
    adapter.cleanup_connections()
