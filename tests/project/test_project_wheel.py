"""A wheel built from what is checked in holds all the data and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import hatchling.build as b, sys; print(getattr(b, 'build_' + sys.argv[1])(sys.argv[2]))"


def tracked(*under: str) -> list[str]:
    run = subprocess.run(["git", "ls-files", "-z", *under], cwd=ROOT, check=True, capture_output=True)
    return [name for name in run.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def build(kind: str, source: Path, to: Path) -> Path:
    run = subprocess.run(
        [sys.executable, "-c", BUILD, kind, str(to)], cwd=source, check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return to / run.stdout.split()[-1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is checked in, so that nothing else of this folder can help."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", checkout, tmp_path_factory.mktemp("wheel"))


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def test_the_wheel_has_the_data_that_is_checked_in_and_no_other(wheel: Path) -> None:
    found = sorted(name for name in names(wheel) if name.startswith("lishu_tui/data/"))
    assert found == sorted(f"lishu_tui/{name}" for name in tracked("data"))
    with zipfile.ZipFile(wheel) as file:
        for name in found:
            assert file.read(name) == (ROOT / name.removeprefix("lishu_tui/")).read_bytes()


def test_the_wheel_has_the_code_with_its_types_and_no_tests_or_scripts(wheel: Path) -> None:
    found = names(wheel)
    assert "lishu_tui/py.typed" in found
    assert {name for name in found if name.endswith(".py")} == {
        name for name in tracked("lishu_tui") if name.endswith(".py")
    }
    assert {name.split("/")[0] for name in found} == {"lishu_tui", "-".join(wheel.name.split("-")[:2]) + ".dist-info"}


def test_the_wheel_carries_the_licences_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        about = next(name for name in file.namelist() if name.endswith(".dist-info/entry_points.txt"))
        assert "lishu-tui = lishu_tui.cli:main" in file.read(about).decode()
        licences = [name for name in file.namelist() if ".dist-info/licenses/" in name]
    assert {name.rpartition("/")[2] for name in licences} >= {"LICENSE", "RIGHTS.md"}


def test_a_wheel_built_from_the_source_archive_is_the_same(checkout: Path, wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", checkout, tmp_path)
    with tarfile.open(archive) as file:
        file.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    (tmp_path / "again").mkdir()
    assert sorted(names(build("wheel", source, tmp_path / "again"))) == sorted(names(wheel))


def test_the_article_loads_from_the_wheel_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import lishu_tui.edition as e; d = e.load_edition();"
        "print(e.__file__, len(d.capture), len(d.statistics))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split()[1:] == ["10113", "26"]
    assert run.stdout.startswith(str(wheel))
