"""script/test: checks and tests on throwaway servers, with one plain result at the end."""

import argparse
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


def pytest_command(chosen: argparse.Namespace, more: list[str]) -> list[str]:
    command = [str(PYTHON), "-m", "pytest", "--quiet", *more]
    command += ["-k", chosen.k] if chosen.k else []
    command += ["-m", "not browser"] if chosen.fast and "-m" not in more else []
    command += ["--color=yes"] if sys.stdout.isatty() else []
    return command


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


def verdict(code: int, summary: str, *, checks_fine: bool, took: float) -> str:
    """Say in one line how it went."""
    count = next(iter(re.findall(r"(\d+) passed", summary)), "0")
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
        code, summary = run_tests(pytest_command(chosen, more), env, programs)
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
