"""The project's settings with a data folder of the tests' own and scripted models alone."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="myllm-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("MYLLM_")]:
    if not _name.startswith(("MYLLM_TEST_", "MYLLM_REQUIRE_")):
        del os.environ[_name]
os.environ["MYLLM_DATA_DIR"] = _folder
os.environ["MYLLM_PAGE_DIR"] = f"{_folder}/page"
os.environ["MYLLM_MODELS"] = "scripted"

from MyLLM.settings import *  # noqa: E402, F403
from MyLLM.settings import DATABASE_URL, DATABASES  # noqa: E402

if DATABASE_URL:
    # A connection that the database's thread kept would keep the test database from going.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A file, as in life: an in-memory SQLite has neither a write lock nor a second connection.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
