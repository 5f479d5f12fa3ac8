"""script/test: checks and tests on throwaway servers, with one plain result at the end."""

import argparse
import os
import re
import signal
import subprocess
import sys
import time

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import ServerError, throwaway_servers
from script.lib.console import duration, prepare, say
from script.lib.setup import PYTHON, ROOT, chromium, environment

SUMMARY = re.compile(
    r"=* ?(.*\d+ (?:passed|failed|errors?|skipped|deselected).* in [\d.]+s.*?) ?=*$"
)
NOTHING_FOUND = 5  # pytest's exit code when no test was chosen


def options() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="script/test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--fast", action="store_true", help="laat de browsertests weg")
    parser.add_argument("-k", metavar="WOORD", help="alleen tests met dit woord in hun naam")
    return parser.parse_known_args()


# What shares nothing runs on all cores; a browser or a worker that is killed wants the machine.
SHARING = "browser or processes"


def pytest_commands(chosen: argparse.Namespace, more: list[str]) -> list[list[str]]:
    """The runs of pytest: the whole suite takes two, a part of it one."""
    base = [str(PYTHON), "-m", "pytest", "--quiet", *more]
    base += ["--color=yes"] if sys.stdout.isatty() else []
    if chosen.k:
        return [[*base, "-k", chosen.k, *(["-m", "not browser"] if chosen.fast else [])]]
    if more:
        return [[*base, *(["-m", "not browser"] if chosen.fast and "-m" not in more else [])]]
    alone = "processes and not browser" if chosen.fast else SHARING
    return [
        [*base, "-m", f"not ({SHARING})", "--numprocesses", str(os.cpu_count() or 1)],
        [*base, "-m", alone],
    ]


def run_tests(command: list[str], env: dict[str, str], programs: Programs) -> tuple[int, str]:
    """Run pytest with its output passing through us, and catch its last line."""
    test = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE)
    programs.watch(test, stop=signal.SIGINT, patience=15, group=False)
    summary = ""
    assert test.stdout is not None  # noqa: S101
    for line in test.stdout:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        plain = re.sub(r"\x1b\[[\d;]*m", "", line.decode(errors="replace")).strip()
        summary = found.group(1) if (found := SUMMARY.match(plain)) else summary
    code = test.wait()
    programs.forget(test)
    return code, summary


def run_checks(programs: Programs) -> "subprocess.Popen[bytes]":
    """Start the checks beside the tests; their output is shown when both are done."""
    check = subprocess.Popen(
        ["nice", PYTHON, "-m", "script.lib.check"],  # the tests measure time, the checks do not
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    programs.watch(check, stop=signal.SIGTERM, patience=2, group=False)
    return check


def run_all(commands: list[list[str]], env: dict[str, str], programs: Programs) -> tuple[int, str]:
    """Run one after the other; the worst exit code counts (negative: killed), and all last lines."""
    results = [run_tests(command, env, programs) for command in commands]
    codes = [code for code, _summary in results]
    found = [code for code in codes if code != NOTHING_FOUND]
    return max(found, key=abs, default=NOTHING_FOUND), "\n".join(
        summary for _code, summary in results
    )


def verdict(code: int, summary: str, *, checks_fine: bool, took: float) -> str:
    """Say in one line how it went."""
    count = str(sum(int(number) for number in re.findall(r"(\d+) passed", summary)))
    wrong = [] if checks_fine else ["een controle is niet in orde"]
    if code == NOTHING_FOUND:
        wrong.append("geen enkele test gevonden")
    elif code:
        bad = re.findall(r"(\d+ (?:failed|errors?))", summary)
        wrong.append(f"tests: {', '.join(bad) or 'afgebroken'}")
    if wrong:
        return f"MISLUKT: {'; '.join(wrong)} (na {duration(took)})"
    return f"GESLAAGD: {count} {'test' if count == '1' else 'tests'} in {duration(took)}"


def main() -> int:
    prepare()
    stop_on_signals()
    began = time.monotonic()
    chosen, more = options()
    with Programs() as programs, throwaway_servers(programs) as found:
        checks = None if chosen.k else run_checks(programs)
        env = environment(**found, CHROMIUM_PATH=chromium())
        env.setdefault("TEST_DATABASE_NAME", "test_ivcentrum")
        code, summary = run_all(pytest_commands(chosen, more), env, programs)
        checks_fine = True
        if checks:
            output, _nothing = checks.communicate()
            say(f"\n{output.decode(errors='replace').rstrip()}")
            checks_fine = checks.returncode == 0
        say(f"\n{summary}")
        say(verdict(code, summary, checks_fine=checks_fine, took=time.monotonic() - began))
    return code or (0 if checks_fine else 1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerError as error:
        sys.exit(f"MISLUKT: {error}")
    except KeyboardInterrupt:
        sys.exit("MISLUKT: afgebroken")
