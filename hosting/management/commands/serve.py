"""`manage.py serve`: starts the server, and first creates whatever is missing."""

from __future__ import annotations

import errno
import faulthandler
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser

from chat.catalog.extras import install_by
from chat.conf import conf
from chat.current_service import current_service
from chat.engine import prefetch_model
from chat.ownership.own_data import own_data
from chat.ownership.owner import served_at
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import refuse_unusable, writable_folder
from hosting.backup.watching import restart_for_backup
from hosting.banner import Secure, print_banner, server_addresses
from hosting.conf import hosting_conf
from hosting.database.lost import NEW_DATABASE, LostDatabase
from hosting.extras.offered import InstalledExtras
from hosting.invitation import keep_inviting
from hosting.log_file import keep_log
from hosting.machine_watch import watch_machine
from hosting.mdns import can_announce, keep_announced
from hosting.model_progress import announce, print_notes, show_models
from hosting.page.build import ensure_page
from hosting.purging import purge_deleted
from hosting.schema import create_new_database, ensure_schema
from hosting.terminal.flags import add_flags
from hosting.web.listener import bind, port_in_use
from hosting.web.server import Watcher, WebServer
from hosting.web.warming import import_routes

if TYPE_CHECKING:
    from hosting.web.https import Https

CLIENT = Path(__file__).resolve().parents[3] / "client-uniapp"


class Command(BaseCommand):
    """Its options are settings; manage.py has written them into the environment."""

    help = "Start the chat: everything that is missing is installed, built and downloaded."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_flags(parser)
        parser.add_argument(
            NEW_DATABASE,
            action="store_true",
            help="where the database is lost or damaged, set aside what is left and make a new one",
        )

    def handle(self, *args: Any, new_database: bool = False, **options: Any) -> None:
        if not faulthandler.is_enabled():
            # A crash of native code ends the process: this prints where.
            faulthandler.enable()
        https_port = conf().tls_port if conf().tls else 0
        own_data(served_at(conf().host, conf().port), https_port)
        logs = conf().data_dir / "logs"
        keep_log(logs, hosting_conf().log_mb, hosting_conf().log_files)
        for notice in hosting_conf().notices:
            print(notice, file=sys.stderr)
        # A server that crashed is restarted with the same options; this one is for one start.
        replace_database = new_database and not conf().crashes
        listener = _with_database(bind(conf().host, conf().port), replace_database=replace_database)
        if listener is None:
            return
        # After the database: an existing authority proves that there was one.
        https = _https(listener) if conf().tls else None
        purge_deleted()
        install_by(InstalledExtras())
        _begin_download()
        _build_page()
        _serve(_web_server(https), https.listener if https else listener)


def _with_database(listener: socket.socket, *, replace_database: bool) -> socket.socket | None:
    """A listener at the same address, once there is a database; None if the server was stopped
    before the owner decided to replace a lost database.
    """
    if replace_database:
        print(_created(create_new_database()), file=sys.stderr)
        return listener
    try:
        ensure_schema()
    except LostDatabase as lost:
        from hosting.web.lost_server import LostServer  # noqa: PLC0415 - rarely needed

        if not LostServer(lost).serve_until_decided(listener):
            return None
        print(_created(create_new_database()), file=sys.stderr)
        return bind(conf().host, conf().port)
    return listener


def _created(kept: Sequence[Path] | None) -> str:
    if kept is None:
        return pick("原来的数据库完好，没有改动。", "The database is sound and was left as it is.")
    names = ", ".join(path.name for path in kept) or pick("没有", "nothing")
    return pick(
        f"已建立新的数据库；改名保留的文件：{names}。",
        f"There is a new database; kept under other names: {names}.",
    )


def _build_page() -> None:
    """A missing permission is reported with the folder and its owner."""
    page, packages = conf().page_dir, CLIENT / "node_modules"
    try:
        ensure_page(CLIENT, page, conf().data_dir / "node")
    except Refusal:
        for folder in (packages, page, page.parent):
            refuse_unusable([writable_folder(folder)], folder)
        raise


def _begin_download() -> None:
    """Downloads the model while the page is built, after printing the size."""
    default = current_service().models()[0]
    print_notes((default,))
    if default.download is not None:
        announce(default.name, default.download)
        prefetch_model()


def _https(plain: socket.socket) -> Https:
    """Imported late: a server of plain http needs none of these packages."""
    from hosting.web.https import prepare_https  # noqa: PLC0415

    return prepare_https(conf().host, plain)


def _web_server(https: Https | None) -> WebServer:
    host, is_open, pairs = conf().host, conf().open, conf().pairing
    secure = Secure(conf().tls_port, https.fingerprint) if https else None
    at = server_addresses(host, conf().port, is_open=is_open, pairs=pairs, secure=secure)
    service = current_service()
    watchers: list[Watcher] = [
        Watcher("model progress", lambda: show_models(service.watch_engine())),
        Watcher("machine watch", watch_machine),
        Watcher("warming", lambda: import_routes(service.watch_engine(), service.is_answering)),
    ]
    if pairs and not is_open:
        watchers.append(Watcher("invitation", lambda: keep_inviting(host, conf().port)))
    name = hosting_conf().mdns_name
    if name and at.addresses and can_announce():
        port = conf().port
        watchers.append(Watcher("mdns", lambda: keep_announced(host, port, name)))
    watchers.extend(https.watchers if https else ())
    server = WebServer(lambda: print_banner(at), watchers, https.context if https else None)
    data = conf().data_dir
    watchers.append(Watcher("restore", lambda: restart_for_backup(data, server.restart)))
    return server


def _serve(server: WebServer, listener: socket.socket) -> None:
    try:
        started = server.serve_until_stopped(listener)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        # Another process has begun to listen there.
        raise port_in_use(conf().host, conf().port) from None
    if not started:
        raise Refusal(
            pick(
                "服务器没有启动成功，原因见上面的输出。",
                "The server did not start; the reason stands above.",
            )
        )
