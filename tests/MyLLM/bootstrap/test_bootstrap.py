"""The whole way from a bare Python, with a stand-in for Django so that no network is needed."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from MyLLM.bootstrap.pins import ROOT

FAKE_DJANGO = {
    "django/__init__.py": "",
    "django/core/__init__.py": "",
    "django/core/exceptions.py": "class ImproperlyConfigured(Exception): pass",
    "django/core/management.py": (
        "import sys\ndef execute_from_command_line(argv): print('ran', argv[1], 'in', sys.prefix)\n"
    ),
    "fake_django-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: fake-django\nVersion: 1.0",
    "fake_django-1.0.dist-info/WHEEL": (
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ),
    "fake_django-1.0.dist-info/RECORD": "",
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone whose one requirement lies in a folder beside it."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("MyLLM", "chat"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    (folder / "requirements-core.txt").write_text("fake-django==1.0\n")
    (folder / "requirements.txt").write_text("-r requirements-core.txt\n")
    (folder / "wheels").mkdir()
    with zipfile.ZipFile(folder / "wheels" / "fake_django-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in FAKE_DJANGO.items():
            wheel.writestr(name, text)
    return folder


def manage(clone: Path, wheels: str = "wheels") -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels,
        "PIP_CONFIG_FILE": os.devnull,
    }
    bare_python = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run(
        [bare_python, "manage.py", "check"],
        cwd=clone,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_clone_comes_to_life_and_heals(clone: Path) -> None:
    own = clone / ".venv"
    ran = f"ran check in {own}\n"

    # Without the package there is one sentence, and the next run goes on from there.
    refused = manage(clone, wheels="nowhere")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("There is no fake-django==1.0")
    first = manage(clone)
    assert (first.returncode, first.stdout) == (0, ran), first.stderr

    # Installed already: nothing is installed, nothing is said.
    again = manage(clone, wheels="nowhere")
    assert (again.stdout, again.stderr) == (ran, "")

    # Cut off in the middle of a package: no stamp, half of the files, no INSTALLER.
    (own / "installed-by-myllm.txt").unlink()
    packages = next(own.glob("lib/python*/site-packages"))
    (packages / "django" / "core" / "management.py").unlink()
    (packages / "fake_django-1.0.dist-info" / "INSTALLER").unlink()
    assert manage(clone).stdout == ran

    # An environment that lost its Python is made anew.
    (own / "bin" / "python").unlink()
    assert manage(clone).stdout == ran
