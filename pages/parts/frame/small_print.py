"""What one may want to know beside what one does, in smaller letters."""

from pages.parts.frame.words import plain, small_print


def small(text: str) -> None:
    """Draw one line of small print; `text` is shown as it is, whoever typed it."""
    small_print(plain(text))
