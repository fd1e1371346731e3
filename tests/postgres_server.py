"""A PostgreSQL server of the tests' own, on loopback and in a directory that is removed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

USER = "ziping"
PASSWORD = "a-made-up-password"  # of a server that lives as long as the tests
_DEBIAN = Path("/usr/lib/postgresql")


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL programs of this machine, if there is one."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    versions = sorted(_DEBIAN.glob("*/bin/pg_ctl"), key=lambda one: int(one.parts[-3]))
    return versions[-1].parent if versions else None


class PostgresServer:
    """A server that answers on a free port of loopback."""

    def __init__(self, programs: Path, *, is_durable: bool = False) -> None:
        """Make a cluster and start it; without durability it is as quick as tests need it."""
        self.programs = programs
        self._account = _account()
        # Not below pytest's own folder, which is closed to the account that a root user lends.
        self.folder = Path(tempfile.mkdtemp(prefix="ziping-postgres-"))
        if self._account:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        self.port = _free_port()
        self._make(is_durable=is_durable)
        self.start()
        with self.administrator("postgres") as connection:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                    sql.Identifier(USER), PASSWORD
                )
            )

    def url(self, database: str) -> str:
        """Return how the program is told of a database."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._control("start", "-w", "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is what a power cut leaves behind."""
        self._control("stop", "-w", "-m", mode)

    def remove(self) -> None:
        """Stop the server and remove its files."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def administrator(self, database: str) -> Iterator[psycopg.Connection]:
        """Yield a connection of the server's administrator, outside of any transaction."""
        with psycopg.connect(
            host=str(self.folder),
            port=self.port,
            dbname=database,
            user="administrator",
            autocommit=True,
        ) as connection:
            yield connection

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yield the address of a database that is there for one test."""
        name = f"test_{uuid4().hex}"
        made, owner = sql.Identifier(name), sql.Identifier(USER)
        with self.administrator("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(made, owner))
            try:
                yield self.url(name)
            finally:
                if not connection.closed:
                    connection.execute(
                        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made)
                    )

    def _make(self, *, is_durable: bool) -> None:
        """Make the cluster's files."""
        data = self.folder / "data"
        encoding = ["--encoding=UTF8", "--locale=C.UTF-8"]
        trust = ["--auth-local=trust", "--auth-host=scram-sha-256", "--username=administrator"]
        self._run("initdb", "-D", str(data), "--no-sync", *encoding, *trust)
        settings = [
            f"port = {self.port}",
            "listen_addresses = '127.0.0.1'",
            f"unix_socket_directories = '{self.folder}'",
            "max_connections = 200",
        ]
        if not is_durable:
            settings += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(settings) + "\n")

    def _control(self, *arguments: str) -> None:
        """Call pg_ctl."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL, which refuses to work for root."""
        account = self._account
        subprocess.run(
            [str(self.programs / program), *arguments],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,  # a pipe would be inherited and held by the server
            stderr=subprocess.STDOUT,
            check=True,
            timeout=60,
        )


def everything_in(url: str) -> bytes:
    """Return every row of every table of a database, the job engine's too, as one text."""
    rows: list[str] = []
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            query = sql.SQL("SELECT t::text FROM {}.{} t").format(
                sql.Identifier(schema), sql.Identifier(table)
            )
            rows += [row[0] for row in connection.execute(query)]
    return "\n".join(rows).encode()


def _account() -> pwd.struct_passwd | None:
    """Return whom a root user lets the server run as; None: as oneself."""
    if os.geteuid() != 0:
        return None
    names = [one.pw_name for one in pwd.getpwall()]
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
