"""The scripts: what they start, what they leave behind, and the settings they speak of."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from script.lib.check import Check, templates
from script.lib.check import run as run_check
from script.lib.test import SUMMARY, Result, verdict
from tests.processes import that_mention, wait_until

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^#? ?([A-Z][A-Z_]+)=", re.MULTILINE)


def names(pattern: str, *files: str) -> set[str]:
    return {name for file in files for name in re.findall(pattern, (ROOT / file).read_text())}


def test_every_setting_stands_in_the_example() -> None:
    read = names(r'env\.\w+\(\s*"([A-Z_]+)"', "ivcentrum/settings.py")
    read |= names(r"\$\{([A-Z_]+)[:}]", "script/serve", "docker-compose.yml")
    read |= names(r"\{\$([A-Z_]+)\}", "docker/Caddyfile")
    read -= {"TMPDIR"}
    assert set(NAME.findall((ROOT / ".env.example").read_text())) == read


def test_every_script_can_be_run() -> None:
    scripts = [path for path in (ROOT / "script").iterdir() if path.is_file() and not path.suffix]
    assert {"demo", "test", "check", "setup", "bench", "screenshots"} <= {s.name for s in scripts}
    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []


def test_a_real_installation_refuses_the_key_of_developers() -> None:
    env = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    loading = subprocess.run(
        [sys.executable, "-c", "import ivcentrum.settings"],
        env={**env, "SITE_URL": "https://veilig.example"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SECRET_KEY is missing" in loading.stderr


# --- script/test and script/check -------------------------------------------------------------


ALL_WELL = Result(0, "812 passed, 2 skipped in 312.41s (0:05:12)")


@pytest.mark.parametrize(
    ("result", "fine", "said"),
    [
        (ALL_WELL, True, "GESLAAGD: 812 tests in 1 min 5 s"),
        (Result(0, "1 passed in 0.02s"), True, "GESLAAGD: 1 test in 1 min 5 s"),
        (Result(1, "2 failed, 812 passed, 1 error in 7.01s"), True, "MISLUKT: 3 tests niet in"),
        (ALL_WELL, False, "MISLUKT: een controle is niet in orde"),
        (Result(5, "7 deselected in 0.01s"), True, "MISLUKT: geen enkele test gevonden"),
        (Result(2, ""), True, "MISLUKT: de tests zijn afgebroken"),
    ],
)
def test_the_verdict_is_one_plain_line(result: Result, fine: bool, said: str) -> None:
    if result.summary:
        assert SUMMARY.match(f"=== {result.summary} ===")
        assert SUMMARY.match(result.summary)
    assert verdict(result, checks_fine=fine, took=65).startswith(said)


def test_a_check_that_fails_shows_what_it_said() -> None:
    loud = Check("luid", ["python", "-c", "print('mis'); raise SystemExit(1)"], {})
    assert run_check(loud) == (loud, False, "mis")


def test_the_templates_are_found_and_those_of_others_are_not() -> None:
    assert "templates/base.html" in templates()
    assert [page for page in templates() if page.startswith((".venv", "node_modules"))] == []


# --- script/demo ------------------------------------------------------------------------------


class Demo:
    """One run of script/demo, after its set-up, on a folder and a port of its own."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        env = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        self.script = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "script.lib.demo", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env={**env, "IVCENTRUM_VAR": str(var)},
        )
        self.said = ""

    def wait_until_it_runs(self) -> str:
        """Read along until the address stands there, and give it."""
        assert self.script.stdout
        for line in self.script.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        found = re.search(r"draait op http://(\S+)", self.said)
        assert found, self.said
        return found[1]

    def left(self) -> list[int]:
        return that_mention(str(self.var))

    def close(self) -> None:
        self.script.kill()
        self.script.communicate()


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="ivc-demo-"))
    folder.chmod(0o755)
    (folder / "log").mkdir()
    yield folder
    shutil.rmtree(folder)


def status(address: str, path: str = "/") -> int:
    line = http.client.HTTPConnection(address, timeout=20)
    line.request("GET", path)
    code = line.getresponse().status
    line.close()
    return code


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else is using."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


@pytest.fixture
def start(var: Path) -> Iterator[Callable[[int], Demo]]:
    demos: list[Demo] = []

    def start(port: int) -> Demo:
        demos.append(Demo(var, port))
        return demos[-1]

    yield start
    for demo in demos:
        demo.close()


@pytest.mark.processes
def test_the_demo_takes_another_port_and_leaves_nothing_when_killed(
    start: Callable[[int], Demo], taken: int
) -> None:
    demo = start(taken)
    address = demo.wait_until_it_runs()
    assert f"Poort {taken} is bezet" in demo.said
    assert "coordinator@zandrode.example" in demo.said
    assert status(address) < 400
    demo.script.kill()
    assert wait_until(lambda: not demo.left(), seconds=60)


@pytest.mark.processes
def test_a_second_start_keeps_the_data_and_stops_when_told(
    start: Callable[[int], Demo], var: Path, taken: int
) -> None:
    (var / "media" / "bijlage.txt").write_text("bewaard")
    made = (var / "servers" / "postgres" / "PG_VERSION").stat().st_mtime_ns
    demo = start(taken)
    demo.wait_until_it_runs()
    assert (var / "media" / "bijlage.txt").read_text() == "bewaard"
    assert (var / "servers" / "postgres" / "PG_VERSION").stat().st_mtime_ns == made
    assert "draait al op http://" in start(taken).script.communicate(timeout=60)[0]
    demo.script.send_signal(signal.SIGINT)
    demo.script.communicate(timeout=60)
    assert demo.script.returncode == 0
    assert demo.left() == []
