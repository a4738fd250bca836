"""The security policy that a site may be served with: what its pages may load, and from where.

All scripts and styles are files of the site: the policy has no ``unsafe-inline``, no hash and no
nonce. See SECURITY.md.
"""

from __future__ import annotations

from collections.abc import Iterable


def write_policy(video_hosts: Iterable[str] = (), image_hosts: Iterable[str] = ()) -> str:
    """Write the value of the header ``Content-Security-Policy``.

    Args:
        video_hosts: Hosts whose videos play in pages: ``plugins.hexapla.content.videos``.
        image_hosts: Other hosts that pages ask for images: ``plugins.hexapla.content.images``.
    """
    frames = [f"https://{host}" for host in sorted(video_hosts)] or ["'none'"]
    images = ["'self'", "data:", *(f"https://{host}" for host in sorted(image_hosts))]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": images,
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": frames,
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())
