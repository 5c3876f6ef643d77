"""The content security policy of every page: our own files, and the import map by its hash."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts

from jangteo.ui import importmap


class PolicyMiddleware(CSPMiddleware):
    """Adds the import map's hash, known only once static files are, to script-src."""

    def get_policy_parts(self, *args: Any, **kwargs: Any) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(*args, **kwargs)
        parts.update = {**(parts.update or {}), "script-src": importmap.policy_hash()}
        return parts
