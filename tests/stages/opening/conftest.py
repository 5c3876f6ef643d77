"""One ceremony a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stages.opening import ceremony
from tests.stages.opening.ceremony import Ceremony


@pytest.fixture
def begin(db: None, tmp_path: Path) -> Callable[..., Ceremony]:
    return lambda **given: ceremony.begin(tmp_path, **given)
