"""script/test: checks and tests on throwaway servers, with one plain result at the end.

Side by side run the tests of the product, those that mostly wait (for processes that start and die,
for a browser), and the checks. Given a part to test, it runs that alone.
"""

import argparse
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from subprocess import PIPE
from typing import IO

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import ServerError, throwaway_servers
from script.lib.console import duration, prepare, say
from script.lib.setup import PYTHON, ROOT, chromium, environment

SUMMARY = re.compile(
    r"=* ?(.*\d+ (?:passed|failed|errors?|skipped|deselected).* in [\d.]+s.*?) ?=*$"
)
SIGNALS = 128  # exit codes above this one: a signal told us to stop
NOTHING_FOUND = 5  # pytest's exit code when no test was chosen


@dataclass(frozen=True)
class Result:
    """How one run of pytest ended: its exit code and its last line."""

    code: int
    summary: str

    def count(self, *words: str) -> int:
        return sum(int(n) for n in re.findall(rf"(\d+) (?:{'|'.join(words)})", self.summary))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--fast", action="store_true", help="laat de browsertests weg")
    parser.add_argument("-k", metavar="WOORD", help="alleen tests met dit woord in hun naam")
    parser.add_argument("-m", metavar="SOORT", help="alleen tests van deze soort")
    chosen, more = parser.parse_known_args()
    chosen.more = more
    return chosen


def start_tests(
    programs: Programs, env: dict[str, str], kind: str, more: list[str], output: int = PIPE
) -> "subprocess.Popen[bytes]":
    command = [str(PYTHON), "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *more]
    command += ["-m", kind] if kind else []
    command += ["--color=yes"] if sys.stdout.isatty() else []
    tests = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stdin=subprocess.DEVNULL)
    programs.watch(tests, stop=signal.SIGINT, patience=15, group=False)
    return tests


def start_checks(programs: Programs) -> "subprocess.Popen[bytes]":
    checks = subprocess.Popen(
        ["nice", PYTHON, "-m", "script.lib.check"],  # the tests measure time, the checks do not
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    programs.watch(checks, stop=signal.SIGTERM, patience=2, group=False)
    return checks


def follow(tests: "subprocess.Popen[bytes]", output: "IO[bytes] | None") -> Result:
    """Let the output pass through us, and catch its last line."""
    summary = ""
    for line in output or ():
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        plain = re.sub(r"\x1b\[[\d;]*m", "", line.decode(errors="replace")).strip()
        summary = found.group(1) if (found := SUMMARY.match(plain)) else summary
    return Result(tests.wait(), summary)


def verdict(results: list[Result], *, checks_fine: bool, took: float) -> str:
    """Say in one line how it went."""
    passed = sum(result.count("passed") for result in results)
    bad = sum(result.count("failed", "errors?") for result in results)
    wrong = [] if checks_fine else ["een controle is niet in orde"]
    wrong += [f"{bad} {'test' if bad == 1 else 'tests'} niet in orde"] if bad else []
    if not bad and any(result.code not in {0, NOTHING_FOUND} for result in results):
        wrong.append("de tests zijn afgebroken")
    if not passed and not wrong:
        wrong.append("geen enkele test gevonden")
    if wrong:
        return f"MISLUKT: {'; '.join(wrong)} (na {duration(took)})"
    return f"GESLAAGD: {passed} {'test' if passed == 1 else 'tests'} in {duration(took)}"


def run_part(programs: Programs, env: dict[str, str], chosen: argparse.Namespace) -> list[Result]:
    """Run what was asked for, alone."""
    more = [*chosen.more, *(["-k", chosen.k] if chosen.k else [])]
    kind = chosen.m or ("not browser" if chosen.fast else "")
    tests = start_tests(programs, env, kind, more)
    return [follow(tests, tests.stdout)]


def run_all(programs: Programs, env: dict[str, str], chosen: argparse.Namespace) -> list[Result]:
    """Run everything at once; what mostly waits is shown when the rest is done."""
    waiting = ["processes"] if chosen.fast else ["processes", "browser"]
    with ExitStack() as files:
        later = [files.enter_context(tempfile.TemporaryFile()) for _kind in waiting]
        beside = [
            start_tests(programs, _own_database(env, kind), kind, chosen.more, output=file.fileno())
            for kind, file in zip(waiting, later, strict=True)
        ]
        rest = start_tests(programs, env, "not browser and not processes", chosen.more)
        results = [follow(rest, rest.stdout)]
        for tests, file in zip(beside, later, strict=True):
            tests.wait()
            file.seek(0)
            results.append(follow(tests, file))
        return results


def _own_database(env: dict[str, str], kind: str) -> dict[str, str]:
    return {**env, "TEST_DATABASE_NAME": f"{env['TEST_DATABASE_NAME']}_{kind}"}


def main() -> int:
    prepare()
    stop_on_signals()
    began = time.monotonic()
    chosen = options()
    is_part = chosen.k or chosen.m or any(not word.startswith("-") for word in chosen.more)
    with Programs() as programs, throwaway_servers(programs) as found:
        env = environment(**found, CHROMIUM_PATH=chromium())
        env.setdefault("TEST_DATABASE_NAME", "test_ivcentrum")
        checks = None if is_part else start_checks(programs)
        results = (run_part if is_part else run_all)(programs, env, chosen)
        if checks:
            output, _nothing = checks.communicate()
            say(f"\n{output.decode(errors='replace').rstrip()}")
    checks_fine = checks is None or checks.returncode == 0
    say("\n" + "\n".join(result.summary for result in results))
    line = verdict(results, checks_fine=checks_fine, took=time.monotonic() - began)
    say(line)
    return 0 if line.startswith("GESLAAGD") else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerError as error:
        sys.exit(f"MISLUKT: {error}")
    except KeyboardInterrupt:
        sys.exit("MISLUKT: afgebroken")
    except SystemExit as ending:
        if isinstance(ending.code, int) and ending.code > SIGNALS:
            say("MISLUKT: afgebroken")
        raise
