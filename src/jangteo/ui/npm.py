"""Finds the installed browser packages' files: only those that pages use, never all of them."""

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

#: prefix under /static/ -> (folder in node_modules, patterns of the files that pages use)
PACKAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "krds": (
        "krds-uiux/resources",
        (
            "css/token/krds_tokens.css",
            "css/common/common.css",
            "css/component/output.css",
            "img/component/icon/*.svg",
        ),
    ),
    "font": (
        "pretendard-gov/dist/web/variable",
        ("pretendardvariable-gov-dynamic-subset.css", "woff2-dynamic-subset/*.woff2"),
    ),
    "htmx": ("htmx.org/dist", ("htmx.min.js",)),
    "hpke/core": ("@hpke/core", ("esm/*.js", "esm/**/*.js")),
    "hpke/common": ("@hpke/common", ("esm/*.js", "esm/**/*.js")),
}


class PackageStorage(FileSystemStorage):
    """Files of one package, known under a prefix."""

    def __init__(self, prefix: str, folder: str) -> None:
        super().__init__(location=str(settings.BROWSER_PACKAGES / folder))
        self.prefix = prefix


class PackageFinder(BaseFinder):
    """A static files finder over PACKAGES."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storages = {
            prefix: PackageStorage(prefix, folder) for prefix, (folder, _) in PACKAGES.items()
        }

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """The file's place on disk; "" or [] if it is none of ours."""
        for prefix, (_, patterns) in PACKAGES.items():
            name = path.removeprefix(prefix + "/")
            if name == path or not _wanted(name, patterns):
                continue
            storage = self.storages[prefix]
            if storage.exists(name):
                found = storage.path(name)
                return [found] if find_all else found
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """(path in its package, storage) of every wanted file."""
        for prefix, (_, patterns) in PACKAGES.items():
            storage = self.storages[prefix]
            for name in _files(storage, ""):
                if _wanted(name, patterns):
                    yield name, storage


def _wanted(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _files(storage: Storage, folder: str) -> Iterator[str]:
    folders, files = storage.listdir(folder) if storage.exists(folder) else ([], [])
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        if name != "node_modules":
            yield from _files(storage, f"{folder}/{name}" if folder else name)
