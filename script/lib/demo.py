"""script/demo: the whole product with the demo municipality, on this machine alone."""

import argparse
import fcntl
import http.client
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

import yaml

from ivcentrum.ports import HOST, held_port
from ivcentrum.processes import NOBODY, Programs, alive, as_user, stop_on_signals
from ivcentrum.servers import ServerError, open_to_all, remove_lasting, servers
from script.lib.console import SetupError, prepare, say, step
from script.lib.parts import Parts
from script.lib.setup import PYTHON, ROOT, VAR

PORT, PORTS = 8000, 100  # the usual one, and how many after it are tried
PASSWORD = "Samen-Veilig-2026"  # noqa: S105  # of the demo only, and printed below
WRITTEN = ("media", "static", "mail", "cache", "beat")  # the folders that the product itself fills
SHOWN = (
    "coordinator",
    "tech",
    "gw1",
    "wijk.noord",
    "korpschef",
    "schepen.iv",
    "partner.wonen",
    "raadslid",
    "beheer",
)
TO_TRY = (
    "Meld je aan als coordinator, open het veiligheidsplan en klik door naar een actie.",
    "Ga naar Rapporten, maak een rapport voor het college, bevries het en open de pdf.",
    "Meld je aan als wijk.noord, maak het venster smal als een gsm, en werk bij Mijn acties iets bij.",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/demo", description=__doc__, allow_abbrev=False)
    parser.add_argument("--reset", action="store_true", help="begin opnieuw met verse demogegevens")
    parser.add_argument("--port", type=int, default=PORT, help=f"de poort (gewoonlijk {PORT})")
    chosen = parser.parse_args()
    with only_one() as note, Programs(lock=note) as programs:
        if chosen.reset:
            reset()
        run(programs, note, chosen.port)


def run(programs: Programs, note: IO[str], wanted: int) -> None:
    user = unprivileged()
    own_folders(user)
    with servers_up(programs) as found, ExitStack() as until_served:
        port = until_served.enter_context(free_port(wanted))
        parts = Parts(programs, environment(found, port), user)
        parts.prepare()
        with step("Webserver, werker en klok"):
            for name in ("web", "worker", "beat"):
                parts.start(name)
            parts.wait_for("web", lambda: answers(port))
            until_served.close()
        sign(note, f"http://{HOST}:{port}")
        welcome(f"http://{HOST}:{port}")
        parts.keep_alive()


@contextmanager
def servers_up(programs: Programs) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        with step("PostgreSQL en Redis"):
            found = stack.enter_context(servers(VAR, programs))
        yield found


# --- One demo at a time -----------------------------------------------------------------------


@contextmanager
def only_one() -> Iterator[IO[str]]:
    """Hold the note that says who runs the demo; the watcher keeps it until all has stopped."""
    with (VAR / "demo.lock").open("a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _wait_for_previous(note)
        sign(note, "")
        yield note


def _wait_for_previous(note: IO[str]) -> None:
    note.seek(0)
    pid, _space, address = note.read().partition(" ")
    if pid.isdigit() and alive(int(pid)):
        where = f"op {address}" if address else "of is aan het starten"
        text = f"De demo draait al {where}."
        raise SetupError(text)
    with step("De vorige demo is gestopt"):
        fcntl.flock(note, fcntl.LOCK_EX)


def sign(note: IO[str], address: str) -> None:
    note.truncate(0)
    note.write(f"{os.getpid()} {address}")
    note.flush()


def reset() -> None:
    """Throw away what earlier demos made."""
    if "DATABASE_URL" in os.environ:
        text = "Met een eigen DATABASE_URL wist dit script niets: maak die databank zelf leeg."
        raise SetupError(text)
    with step("Vorige demogegevens verwijderd"):
        remove_lasting(VAR)
        for name in WRITTEN:
            shutil.rmtree(VAR / name, ignore_errors=True)


# --- As whom, where, with what ----------------------------------------------------------------


def unprivileged() -> "int | None":
    """Leave root's rights behind where somebody without them can read the program."""
    if os.geteuid() != 0 or not (open_to_all(ROOT) and open_to_all(PYTHON)):
        return None
    trial = subprocess.run(
        [PYTHON, "-c", "import django, psycopg, ivcentrum.settings"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        **as_user(NOBODY),
    )
    return None if trial.returncode else NOBODY


def own_folders(user: "int | None") -> None:
    for name in WRITTEN:
        top = VAR / name
        top.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            for path in (top, *top.rglob("*")):
                os.chown(path, user or 0, user or 0, follow_symlinks=False)


@contextmanager
def free_port(wanted: int) -> Iterator[int]:
    """Hold the wanted port, or the first free one after it."""
    with ExitStack() as stack:
        try:
            port = stack.enter_context(held_port(wanted, tries=PORTS))
        except OSError as error:
            text = (
                f"Tussen {wanted} en {wanted + PORTS} is geen poort vrij. Kies er een met --port."
            )
            raise SetupError(text) from error
        if port != wanted:
            say(f"  ! Poort {wanted} is bezet; de demo neemt {port}.")
        yield port


def answers(port: int) -> bool:
    line = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        line.request("GET", "/healthz/live")
        return line.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def environment(found: dict[str, str], port: int) -> dict[str, str]:
    return {
        **os.environ,
        **found,
        "DEMO": "1",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "ivcentrum.settings",
        "SECRET_KEY": secret_key(),
        "SITE_URL": f"http://{HOST}:{port}",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "CSRF_TRUSTED_ORIGINS": f"http://{HOST}:{port},http://localhost:{port}",
        "BIND": f"{HOST}:{port}",
        "EMAIL_URL": f"filemail:///{VAR / 'mail'}",
        "MEDIA_ROOT": str(VAR / "media"),
        "STATIC_ROOT": str(VAR / "static"),
        "BEAT_SCHEDULE_FILE": str(VAR / "beat" / "schedule"),
        "XDG_CACHE_HOME": str(VAR / "cache"),  # fonts found by the PDF maker
        "PYTHONUNBUFFERED": "1",
    }


def secret_key() -> str:
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


# --- What the visitor reads -------------------------------------------------------------------


def welcome(address: str) -> None:
    data = yaml.safe_load((ROOT / "demo" / "demo.yaml").read_text())
    domain = data["meta"]["email_domain"]
    names = {user["username"]: user["name"].replace(" (demo)", "") for user in data["users"]}
    say(f"\nIV-centrum draait op {address}\n")
    say(f"  Aanmelden kan als (wachtwoord {PASSWORD}):")
    for username in SHOWN:
        say(f"    {f'{username}@{domain}':34} {names[username]}")
    say("\n  Om te beginnen:")
    for number, text in enumerate(TO_TRY, 1):
        say(f"    {number}. {text}")
    say("\n  E-mails staan in var/mail, logboeken in var/log.")
    say("  Stoppen doe je met Ctrl-C; de gegevens blijven bewaard.")


if __name__ == "__main__":
    prepare()
    stop_on_signals()
    try:
        main()
    except (ServerError, SetupError) as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        say("\nGestopt. De gegevens staan klaar voor de volgende keer.")
