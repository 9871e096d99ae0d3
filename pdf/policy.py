"""What the renderer may load: our folder, and nothing else. No network, no file outside."""

from pathlib import Path

from xhtml2pdf.config.resources import ResourceAccessPolicy

FOLDER = Path(__file__).resolve().parent

POLICY = ResourceAccessPolicy.server(FOLDER, allow_remote=False)
"""The server profile (limits on time, depth, size) without the public hosts that it still allows."""
