"""The parts of the product that run beside each other: started, and started again when killed."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ivcentrum.processes import Programs
from ivcentrum.servers import tail
from script.lib.console import SetupError, say
from script.lib.setup import PYTHON, ROOT, VAR

START_SECONDS = 120
MOST_STARTS = 5  # in a minute; a part that falls over more often has a real problem


@dataclass
class Part:
    program: "subprocess.Popen[bytes]"
    starts: list[float] = field(default_factory=list)


class Parts:
    def __init__(self, programs: Programs, env: dict[str, str], user: "int | None") -> None:
        self.programs, self.env, self.user = programs, env, user
        self.running: dict[str, Part] = {}

    def prepare(self) -> None:
        """Ready the database and what else the parts find when they start."""
        command: list[str | Path] = [PYTHON, "-m", "script.lib.prepare"]
        if self.programs.run(command, env=self.env, user=self.user):
            text = "De databank of de demogegevens zijn niet klaar geraakt; hierboven staat waarom."
            raise SetupError(text)

    def start(self, name: str) -> None:
        log_of(name).unlink(missing_ok=True)
        self.running[name] = Part(self._launch(name))

    def wait_for(self, name: str, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            stopped = self.running[name].program.poll() is not None
            if stopped or time.monotonic() > deadline:
                text = f"Dit onderdeel start niet: {name}.\n{tail(log_of(name))}"
                raise SetupError(text)
            time.sleep(0.1)

    def keep_alive(self) -> None:
        """Watch over the parts until somebody stops the script."""
        while True:
            for name, part in self.running.items():
                if part.program.poll() is not None:
                    self._start_again(name, part)
            time.sleep(0.5)

    def _start_again(self, name: str, part: Part) -> None:
        now = time.monotonic()
        part.starts = [*(moment for moment in part.starts if moment > now - 60), now]
        if len(part.starts) > MOST_STARTS:
            text = f"Dit onderdeel valt telkens stil: {name}.\n{tail(log_of(name))}"
            raise SetupError(text)
        say(f"  · Dit onderdeel was gestopt en is opnieuw gestart: {name}.")
        self.programs.forget(part.program)
        part.program = self._launch(name)

    def _launch(self, name: str) -> "subprocess.Popen[bytes]":
        with log_of(name).open("ab") as log:
            return self.programs.start(
                [ROOT / "script" / "serve", name],
                log=log,
                env=self.env,
                cwd=ROOT,
                user=self.user,
                # A worker may drop what it is making: the outbox has it made again.
                stop=signal.SIGQUIT if name.startswith("worker") else signal.SIGTERM,
            )


def log_of(name: str) -> Path:
    return VAR / "log" / f"{name}.log"
