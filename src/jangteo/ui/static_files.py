"""Static files under hashed names, ES modules included, compressed once."""

import re
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Named by packages but in none of them, and asked for by no page: Node's own "crypto" behind an
#: `import()` that browsers never reach, and pictures of KRDS parts that are not used here.
ABSENT = re.compile(r"hpke/.*/crypto|krds/img/.*")


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names carry their content's hash, in CSS and in JavaScript imports alike.

    Until files have been collected for the first time (in tests, say) names stay plain.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            if ABSENT.fullmatch(name):
                return name
            raise
