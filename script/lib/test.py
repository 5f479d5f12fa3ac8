"""script/test: checks and tests on throwaway servers, with one plain result at the end.

The whole runs as several processes side by side, each with a database of its own, and beside them
the checks. Given a part to test, it runs that alone, in one process.
"""

import argparse
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import ServerError, throwaway_servers
from script.lib.console import duration, prepare, say
from script.lib.setup import PYTHON, ROOT, chromium, environment

SUMMARY = re.compile(
    r"=* ?(.*\d+ (?:passed|failed|errors?|skipped|deselected).* in [\d.]+s.*?) ?=*$"
)
SIGNALS = 128  # exit codes above this one: a signal told us to stop
NOTHING_FOUND = 5  # pytest's exit code when no test was chosen
# More than the two cores that we count on: a part waits for a browser, a worker, a database.
SIDE_BY_SIDE = ["--numprocesses=4", "--dist=loadscope"]


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
    programs: Programs, env: dict[str, str], chosen: argparse.Namespace, *, is_part: bool
) -> "subprocess.Popen[bytes]":
    command = [str(PYTHON), "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *chosen.more]
    command += [] if is_part else SIDE_BY_SIDE
    command += ["-k", chosen.k] if chosen.k else []
    kind = chosen.m or ("not browser" if chosen.fast else "")
    command += ["-m", kind] if kind else []
    command += ["--color=yes"] if sys.stdout.isatty() else []
    tests = subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
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


def make_template(programs: Programs, env: dict[str, str]) -> None:
    """Make once what every process begins with: the tables to copy, and the tests compiled."""
    collect = [str(PYTHON), "-m", "pytest", "-qq", "-p", "no:cacheprovider", "--collect-only"]
    compiling = subprocess.Popen(
        collect, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    programs.watch(compiling, stop=signal.SIGINT, patience=15, group=False)
    env["TEMPLATE_DATABASE"] = "template_ivcentrum"
    if programs.run([PYTHON, "-m", "tests.template"], env=env):
        sys.exit("MISLUKT: de tabellen voor de tests komen er niet")
    compiling.wait()
    programs.forget(compiling)


def follow(tests: "subprocess.Popen[bytes]") -> Result:
    """Let the output of the tests pass through us, and catch its last line."""
    summary = ""
    for line in tests.stdout or ():
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        plain = re.sub(r"\x1b\[[\d;]*m", "", line.decode(errors="replace")).strip()
        summary = found.group(1) if (found := SUMMARY.match(plain)) else summary
    return Result(tests.wait(), summary)


def verdict(result: Result, *, checks_fine: bool, took: float) -> str:
    """Say in one line how it went."""
    passed, bad = result.count("passed"), result.count("failed", "errors?")
    wrong = [] if checks_fine else ["een controle is niet in orde"]
    wrong += [f"{bad} {'test' if bad == 1 else 'tests'} niet in orde"] if bad else []
    if not bad and result.code not in {0, NOTHING_FOUND}:
        wrong.append("de tests zijn afgebroken")
    if not passed and not wrong:
        wrong.append("geen enkele test gevonden")
    if wrong:
        return f"MISLUKT: {'; '.join(wrong)} (na {duration(took)})"
    return f"GESLAAGD: {passed} {'test' if passed == 1 else 'tests'} in {duration(took)}"


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
        if not is_part:
            make_template(programs, env)
        result = follow(start_tests(programs, env, chosen, is_part=bool(is_part)))
        if checks:
            output, _nothing = checks.communicate()
            say(f"\n{output.decode(errors='replace').rstrip()}")
    checks_fine = checks is None or checks.returncode == 0
    say(f"\n{result.summary}")
    line = verdict(result, checks_fine=checks_fine, took=time.monotonic() - began)
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
