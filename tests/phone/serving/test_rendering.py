"""Templates are compiled once for all languages."""

from exports.language import LANGUAGES
from phone.serving.rendering import environment


def test_no_language_stands_in_a_compiled_template() -> None:
    """A filter of a text that never changes would be done at that moment, in the language of that moment."""
    for name in environment("nl").list_templates():
        compiled = set()
        for language in LANGUAGES:
            made = environment(language)
            assert made.loader is not None
            source, file, _ = made.loader.get_source(made, name)
            compiled.add(made.compile(source, name, file, raw=True))
        assert len(compiled) == 1, name
