"""The pages of Data Docs, in which what was found in a mart is text and never HTML."""

from __future__ import annotations

import html
from typing import Any

from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import pass_context


class EscapingPageView(DefaultJinjaPageView):
    """Great Expectations' page, with each text escaped that it puts into a page as it is.

    It escapes the parameters of its own sentences, but neither cells of a table, such as values
    that break a rule, nor descriptions of expectations.
    """

    @pass_context
    def render_content_block(
        self, jinja_context: Any, content_block: Any, *arguments: Any, **options: Any
    ) -> Any:
        """HTML of a part of a page; text and what holds text is escaped."""
        return super().render_content_block(
            jinja_context, _escaped(content_block), *arguments, **options
        )

    def render_string_template(self, template: Any) -> Any:
        """HTML of a sentence with parameters."""
        if isinstance(template, dict):
            template = {**template, "template": _escaped(template.get("template", ""))}
        return super().render_string_template(template)  # type: ignore[no-untyped-call]


def _escaped(content: Any) -> Any:
    """A text, or the texts of a list, without meaning in HTML; anything else as it is."""
    if isinstance(content, str):
        return html.escape(content, quote=False)
    if isinstance(content, list):
        return [
            one if isinstance(one, dict) or hasattr(one, "to_json_dict") else _escaped(str(one))
            for one in content
        ]
    return content
