"""Mail servers that nobody here wrote: mail-devel with STARTTLS, AUTH and IMAP, and Debian's exim4."""

from __future__ import annotations

import asyncio
import gc
import getpass
import grp
import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.mail.incoming import Letterbox
from bot.mail.transport import Refused, SmtpCarrier, Unreachable
from bot.mail_settings import mail_server
from storage.schedules import Schedule
from storage.unit_of_work import Database, UnitOfWork
from tests.programs import free_port, until

USER, PASSWORD = "stylist@example.org", "p@ss/w0rd"
QUOTED = "stylist%40example.org:p%40ss%2Fw0rd"
EXIM = shutil.which("exim4", path=f"{os.environ['PATH']}:/usr/sbin")
MAIL = b"From: stylist@example.org\r\nSubject: You in a shirt\r\n\r\n.one dot\r\n..two\r\n" + b"x" * 900 + b"\r\n"


async def _yes() -> bool:
    return True


def _carry(url: str, recipient: str, sender: str = USER, message: bytes = MAIL) -> None:
    async def work() -> None:
        carrier = SmtpCarrier(mail_server(url))
        try:
            await carrier.carry(sender, recipient, "name", message, _yes)
        finally:
            await carrier.close()

    asyncio.run(work())


def _greets(port: int) -> bool:
    """Whether a mail server says hello there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        return bool(connection.recv(1))
    return False


class Peer:
    """A running mail-devel; its certificate is for `localhost`."""

    def __init__(self, folder: Path) -> None:
        self.ca = folder / "cert.pem"
        self.smtp, self.smtps, self.imap = free_port(), free_port(), free_port()
        make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
        key = ["-keyout", str(folder / "key.pem"), "-out", str(self.ca)]
        subprocess.run([*make.split(), "subjectAltName=DNS:localhost", *key], check=True, capture_output=True)
        ports = {"smtp-port": self.smtp, "smtps-port": self.smtps, "imap-port": self.imap}
        more = {
            "host": "127.0.0.1",
            "user": USER,
            "password": PASSWORD,
            "cert": self.ca,
            "key": folder / "key.pem",
        }
        options = [part for name, value in (ports | more).items() for part in (f"--{name}", str(value))]
        switches = ["--no-http", "--auth-required"]
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "mail_devel", *options, *switches],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            until(self._answers, 30, "mail-devel does not answer")
        except AssertionError:
            self.close()
            raise

    def _answers(self) -> bool:
        return _greets(self.smtp) and _greets(self.imap)

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate(timeout=10)

    @contextmanager
    def box(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=10) as box:
            if "STARTTLS" in box.capabilities:
                box.starttls(ssl._create_unverified_context())  # noqa: S323 # read by the test
            box.login(USER, PASSWORD)
            box.select("INBOX")
            yield box


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    running = Peer(tmp_path_factory.mktemp("mail-devel"))
    yield running
    running.close()


def _mails(peer: Peer) -> list[bytes]:
    with peer.box() as box:
        _, numbers = box.search(None, "ALL")
        found = [box.fetch(number.decode(), "(RFC822)")[1][0] for number in numbers[0].split()]
        return [part[1] for part in found if isinstance(part, tuple)]


def test_mail_goes_by_starttls_and_by_implicit_tls_with_a_password_and_is_read_back_as_it_was(peer: Peer) -> None:
    _carry(f"smtp://{QUOTED}@localhost:{peer.smtp}?ca={peer.ca}", "anna@example.org")
    _carry(f"smtps://{QUOTED}@localhost:{peer.smtps}?ca={peer.ca}", "anna@example.org")
    texts = [data for data in _mails(peer) if b"You in a shirt" in data]
    assert len(texts) == 2
    for data in texts:
        body = message_from_bytes(data, policy=policy.default).get_content().replace("\r\n", "\n")
        assert body.startswith(".one dot\n..two\n" + "x" * 900)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_wrong_password_a_strange_certificate_and_no_tls_lose_nothing(peer: Peer) -> None:
    for url in (
        f"smtp://{QUOTED}x@localhost:{peer.smtp}?ca={peer.ca}",
        f"smtp://{QUOTED}@localhost:{peer.smtp}",
        f"smtp://{QUOTED}@127.0.0.1:{peer.smtp}?ca={peer.ca}",
        f"smtps://{QUOTED}@localhost:{peer.smtp}?ca={peer.ca}",
    ):
        with pytest.raises(Unreachable):
            _carry(url, "anna@example.org")
    # asyncio leaves the socket of a refused certificate to the collector when its loop ends at once.
    gc.collect()


def test_requests_to_stop_in_the_mailbox_are_read_once(peer: Peer, database: Database) -> None:
    def subscribed(uow: UnitOfWork) -> str:
        person = uow.people.find_or_create("web", "anna")
        uow.mailing.subscribe(person, "anna@example.org", Schedule("daily"), "en")
        record = uow.mailing.confirm(uow.mailing.new_confirmation(person))
        assert record is not None
        return record.stop_token

    token = database.call(subscribed)
    message = EmailMessage()
    message["To"] = f"stylist+u-{token}@example.org"
    message["Subject"] = "unsubscribe"
    with peer.box() as box:
        box.append("INBOX", None, None, message.as_bytes())
    server = mail_server(f"imap://{QUOTED}@localhost:{peer.imap}/INBOX?ca={peer.ca}&tls=auto")
    box_of_ours = Letterbox(database)
    assert asyncio.run(box_of_ours.look(server)) > 0
    assert asyncio.run(box_of_ours.look(server)) == 0
    found = database.call(lambda uow: uow.mailing.to_end(token))
    assert found is not None
    assert found.ended


# --- exim4 -------------------------------------------------------------------------------------------------


@pytest.fixture
def boxes() -> Iterator[Path]:
    """A folder of mailboxes that whoever exim delivers as can reach."""
    with TemporaryDirectory(prefix="boxes") as folder:
        yield Path(folder)


@pytest.fixture
def exim(tmp_path: Path, boxes: Path) -> Iterator[int]:
    """Exim as a server for two mailboxes of example.org, with a configuration and a spool of its own."""
    if EXIM is None:
        pytest.skip("exim4 is not installed (apt-get install exim4-daemon-light)")
    (tmp_path / "spool").mkdir()
    port, me, group = free_port(), getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    # Debian's exim delivers nothing as root, whoever starts it.
    owner, whose = ("nobody", "nogroup") if os.getuid() == 0 else (me, group)
    boxes.chmod(0o777)
    config = tmp_path / "exim.conf"
    config.write_text(
        f"""
spool_directory = {tmp_path}/spool
log_file_path = {tmp_path}/%slog
pid_file_path = {tmp_path}/exim.pid
exim_user = {me}
exim_group = {group}
never_users =
primary_hostname = mx.example.org
domainlist local = example.org
tls_advertise_hosts =
local_interfaces = 127.0.0.1.{port}
daemon_smtp_ports = {port}
message_size_limit = 100K
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny message = 5.1.1 No such user
       !local_parts = anna : full
  defer message = 4.7.1 Greylisted
       senders = grey@example.org
  accept domains = +local
  deny message = 5.7.1 Relay not permitted
begin routers
local:
  driver = accept
  domains = +local
  transport = box
begin transports
box:
  driver = appendfile
  file = {boxes}/inbox
  user = {owner}
  group = {whose}
"""
    )
    arguments = [EXIM, "-C", str(config), "-bdf", "-q1h"]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    try:
        until(lambda: _greets(port), 30, "exim does not answer")
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_a_real_mail_server_delivers_what_we_hand_over_and_refuses_as_real_ones_do(
    exim: int, tmp_path: Path, boxes: Path
) -> None:
    url = f"smtp://127.0.0.1:{exim}"
    _carry(url, "anna@example.org")
    box = boxes / "inbox"
    log = tmp_path / "mainlog"
    until(lambda: box.exists() and b"..two" in box.read_bytes(), 30, log.read_text)
    assert b"You in a shirt" in box.read_bytes()
    with pytest.raises(Refused) as gone:
        _carry(url, "nobody@example.org")
    assert (gone.value.code, gone.value.final, gone.value.gone) == ("550 5.1.1", True, True)
    with pytest.raises(Refused) as grey:
        _carry(url, "anna@example.org", sender="grey@example.org")
    assert (grey.value.code, grey.value.final) == ("451 4.7.1", False)
    with pytest.raises(Refused) as large:
        _carry(url, "anna@example.org", message=MAIL + b"y\r\n" * 60_000)
    assert (large.value.final, large.value.gone) == (True, False)
