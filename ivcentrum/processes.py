"""Programs that a script starts and that never outlive it, even when it is killed with -9.

Beside the script runs a watcher: this same file, started as a program of its own. It knows what was
started, and stops it as soon as its standard input closes, which the system does for us however the
script ends: first the programs, then the servers that they need. Servers that several scripts use at
once are stopped by the watcher of the last one: each holds a shared lock, and who can have it for
himself alone is the last.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypedDict

PATIENCE = 12.0  # seconds that a program gets to stop by itself
LAST_WAIT = 2.0  # seconds for the system to clear it away; a server that others use goes on
NOBODY = 65534  # the uid under which servers run when we are root


def stop_on_signals() -> None:
    """Let a script that is told to stop leave its `with` blocks, as it does after Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` had it ignored
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _frame: sys.exit(128 + caught))


class Programs:
    """What one script has started; leaving the `with` block stops it all."""

    def __init__(self, *, lock: IO[str] | None = None) -> None:
        """Start the watcher; it holds the lock, if there is one, until everything has stopped."""
        self.running: list[subprocess.Popen[bytes]] = []
        self._watcher = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, str(os.getpid())],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[lock.fileno()] if lock else [],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self,
        command: Sequence[str | Path],
        *,
        log: IO[bytes] | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
        stop: signal.Signals = signal.SIGTERM,
        patience: float = PATIENCE,
        shared: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a server in a session of its own, so that Ctrl-C reaches the script alone.

        With `shared`, the lock of its users, it goes on as long as one of them is there.
        """
        program = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            env=env,
            cwd=cwd,
            start_new_session=True,
            **as_user(user),
        )
        if shared:
            self.running.append(program)
            self.share(program.pid, stop=stop, lock=shared)
        else:
            self.watch(program, stop=stop, patience=patience, group=True)
        return program

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> int:
        """Run a command in the foreground, on our terminal, and return its exit code."""
        program = subprocess.Popen(command, env=env, **as_user(user))
        self.watch(program, stop=signal.SIGTERM, patience=PATIENCE, group=False)
        code = _wait(program)
        self.forget(program)
        return code

    def forget(self, program: subprocess.Popen[bytes]) -> None:
        """Clear away the children of a program that has just ended."""
        send(-program.pid, signal.SIGKILL)
        self.running.remove(program)

    def watch(
        self,
        program: subprocess.Popen[bytes],
        *,
        stop: signal.Signals,
        patience: float,
        group: bool,
    ) -> None:
        self.running.append(program)
        self._tell("program", program.pid, int(stop), patience, int(group))

    def share(self, pid: int, *, stop: signal.Signals, lock: Path) -> None:
        """Count ourselves among the users of a server, whoever started it."""
        self._tell("lock", lock)
        self._tell("shared", pid, int(stop), PATIENCE, 1)

    def remove_at_end(self, folder: Path) -> None:
        """Have a temporary folder removed once everything has stopped."""
        self._tell("folder", folder)

    def stop(self) -> None:
        if self._watcher.stdin and not self._watcher.stdin.closed:
            self._tell("stop")
            self._watcher.stdin.close()
        while self._watcher.poll() is None:
            self._reap()
            time.sleep(0.02)
        # On a busy machine a program that was killed takes a moment to be gone.
        until = time.monotonic() + LAST_WAIT
        while not self._reap() and time.monotonic() < until:
            time.sleep(0.02)

    def _reap(self) -> bool:
        """Take note of who ended; whether everybody did."""
        ended = [program.poll() is not None for program in self.running]
        return all(ended)

    def _tell(self, *words: object) -> None:
        assert self._watcher.stdin is not None  # noqa: S101
        self._watcher.stdin.write(("\t".join(map(str, words)) + "\n").encode())
        self._watcher.stdin.flush()


class Identity(TypedDict):
    """The arguments with which subprocess leaves root's rights behind."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def as_user(user: int | None) -> Identity:
    return Identity(user=user, group=user, extra_groups=None if user is None else [])


def _wait(program: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:  # the command got it too, and decides what it means
            continue


# --- The watcher ------------------------------------------------------------------------------


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    orders, locks = listen()
    # A script that is killed loses its files one by one: its own locks may outlive our input.
    while ["stop"] not in orders and os.getppid() == int(sys.argv[1]):
        time.sleep(0.005)
    stop_all(words for words in orders if words[0] == "program")
    if all(alone(lock) for lock in locks):
        stop_all(words for words in orders if words[0] == "shared")
    for kind, *words in orders:
        if kind == "folder":
            shutil.rmtree(words[0], ignore_errors=True)


def listen() -> tuple[list[list[str]], list[IO[str]]]:
    """Note what we are told, take the locks at once, and return when the script is gone."""
    orders, locks = [], {}
    for line in sys.stdin:
        kind, *words = line.rstrip("\n").split("\t")
        if kind == "lock" and words[0] not in locks:
            locks[words[0]] = Path(words[0]).open("a")  # noqa: SIM115  # held until we end
            fcntl.flock(locks[words[0]], fcntl.LOCK_SH)
        if kind in {"program", "shared"}:
            words.append(born(int(words[0])))
        orders.append([kind, *words])
    return orders, list(locks.values())


def stop_all(orders: Iterable[list[str]]) -> None:
    """Ask all of them to stop, then wait for each and kill what is left of it."""
    left = [words[1:] for words in orders if born(int(words[1])) == words[-1] != ""]
    for pid, number, *_rest in left:
        send(int(pid), int(number))
    for pid, _number, patience, group, _birth in left:
        wait_for_end(int(pid), float(patience))
        send(-int(pid) if group == "1" else int(pid), signal.SIGKILL)


def born(pid: int) -> str:
    """Give the moment a process began, which tells it from a later one with the same number."""
    fields = _stat(pid)
    return fields[19] if fields else ""


def alone(lock: IO[str]) -> bool:
    """Say whether nobody else holds this lock; whoever comes now waits until we are done."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def wait_for_end(pid: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)


def send(target: int, number: int) -> None:
    try:
        os.kill(target, number)
    except (ProcessLookupError, PermissionError):
        return


def alive(pid: int) -> bool:
    """Say whether a process still runs; one that waits for its parent to notice does not."""
    fields = _stat(pid)
    return bool(fields) and fields[0] not in "ZX"


def _stat(pid: int) -> list[str]:
    """Read what the system knows of a process, from its state on."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


if __name__ == "__main__":
    main()
