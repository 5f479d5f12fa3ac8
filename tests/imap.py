"""A real IMAP server (Dovecot) on loopback, for one test file: as us, in a folder that goes."""

from __future__ import annotations

import datetime as dt
import grp
import imaplib
import ipaddress
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ivcentrum.ports import HOST, held_port
from ivcentrum.processes import NOBODY
from tests.processes import wait_until

PASSWORD = "geheim é 123"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = {mechanisms}
mail_location = maildir:{folder}/mail/%u
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
imap_capability = {capability}
{tokens}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


# Whoever shows a token: the service that gave it is asked whose it is.
TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
"""
OAUTH2 = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


def program() -> str:
    """Where Dovecot is, also for who is not root; script/test installs it."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


@dataclass
class ImapServer:
    """The server, and what a mail program does in it."""

    folder: Path
    plain: int
    secure: int
    process: subprocess.Popen[bytes]
    user: str = "meldpunt"
    names: int = field(default=0)

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        with self.session() as imap:
            when = dt.datetime.now(dt.UTC)  # noqa: TID251 - the server's own clock
            kind, told = imap.append(f'"{folder}"', None, when, raw)
            assert kind == "OK", told

    def count(self, folder: str) -> int:
        with self.session() as imap:
            kind, told = imap.select(f'"{folder}"', readonly=True)
            return int(told[0] or 0) if kind == "OK" else 0

    def forget_numbers(self) -> None:
        """As after a restore from a back-up: the same mails under other numbers."""
        home = self.folder / "mail" / self.user
        assert wait_until(lambda: not list(home.glob("*.lock")))
        for name in home.glob("dovecot*"):
            name.unlink()

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        imap = imaplib.IMAP4(HOST, self.plain, timeout=10)
        told = f"\0{self.user}\0{PASSWORD}".encode()
        imap.authenticate("PLAIN", lambda _challenge: told)
        try:
            yield imap
        finally:
            imap.logout()

    def freeze(self) -> None:
        """It hangs: connections are taken by the system and nobody answers."""
        self._tell_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._tell_all(signal.SIGCONT)

    def _tell_all(self, number: signal.Signals) -> None:
        os.killpg(self.process.pid, number)


@contextmanager
def imap_server(
    folder: Path, *, capability: str = "", introspection: str = ""
) -> Iterator[ImapServer]:
    """Dovecot in the foreground, stopped and gone afterwards. `capability` hides what it can;
    with an address for `introspection` it takes tokens too."""
    root = os.geteuid() == 0
    user, group = (
        ("nobody", "nogroup")
        if root
        else (pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name)
    )
    uid, gid = (NOBODY, NOBODY) if root else (os.getuid(), os.getgid())
    (folder / "mail").mkdir(parents=True)
    _certificate(folder)
    (folder / "oauth2").write_text(OAUTH2.format(url=introspection))
    mechanisms = "plain xoauth2" if introspection else "plain"
    tokens = TOKENS.format(folder=folder) if introspection else ""
    with ExitStack() as ports:
        plain = ports.enter_context(held_port())
        secure = ports.enter_context(held_port())
        config = folder / "dovecot.conf"
        config.write_text(CONFIG.format(**locals()))
        (folder / "users").write_text(f"meldpunt:{{PLAIN}}{PASSWORD}\n")
        if root:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, uid, gid)
            for path in (folder, *folder.parents):
                if path.stat().st_uid == 0 and not path.stat().st_mode & 0o001:
                    path.chmod(path.stat().st_mode | 0o011)
        with (folder / "out").open("wb") as out:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [program(), "-F", "-c", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = ImapServer(folder, plain, secure, process)
        try:
            assert wait_until(lambda: _answers(server)), told(folder)
            yield server
        finally:
            server.thaw()
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def told(folder: Path) -> str:
    """What the server said when it did not come up."""
    return "\n".join(path.read_text() for path in (folder / "out", folder / "log") if path.exists())


def _answers(server: ImapServer) -> bool:
    try:
        with server.session():
            return True
    except (OSError, imaplib.IMAP4.error):
        return False


def _certificate(folder: Path) -> None:
    """For 127.0.0.1, signed by itself: who wants to trust it names the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "imap of the tests")])
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
