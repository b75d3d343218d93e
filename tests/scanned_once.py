"""Which installed packages bring components for Streamlit is looked up once: every page that a test opens asked again.

To read what is known of two hundred packages took more than half of the time of a test that opens a page.
"""

from functools import cache

from streamlit.components.v2 import manifest_scanner


def scan_once() -> None:
    """Let this process look through the installed packages once."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
