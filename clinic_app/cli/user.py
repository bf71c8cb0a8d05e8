"""`clinic user`: the accounts of this clinic, for whoever has the machine."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from clinic_app.config import SettingError, Settings
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.refusal import LastAdministrator, UsernameTaken, WeakPassword
from clinic_app.records.user import (
    ROLES,
    THERAPIST,
    Account,
    User,
    add_user,
    all_users,
    disable_user,
    find_user,
    reset_password,
)

generate = click.option(
    "--generate", is_flag=True, help="Make a password and print it once, instead of asking for one."
)


@click.group("user")
def command() -> None:
    """Add, reset, disable or list accounts."""


@command.command("add")
@click.argument("username")
@click.option("--name", prompt=True, help="As it is printed on documents.")
@click.option("--title", default="", help="Such as PT, DPT.")
@click.option("--licence", default="", help="Printed behind the name.")
@click.option("--role", type=click.Choice(ROLES), default=THERAPIST, show_default=True)
@generate
def add(username: str, generate: bool, **fields: str) -> None:
    """Open an account; a generated password must be changed at the first sign-in."""
    password = _password(generate)
    account = Account(username=username, password=password, must_change_password=generate, **fields)
    with _change() as session:
        user = add_user(session, account, by_id=None)
    click.echo(f"{user.username} ({user.role}) can sign in now")
    _show(password, generate)


@command.command("reset")
@click.argument("username")
@generate
def reset(username: str, generate: bool) -> None:
    """Set another password and end all sign-ins; the user must change it at the next one."""
    password = _password(generate)
    with _change() as session:
        user = _found(session, username)
        reset_password(session, user, password, by_id=None)
    click.echo(f"{user.username} has another password now, and is signed out everywhere")
    _show(password, generate)


@command.command("disable")
@click.argument("username")
def disable(username: str) -> None:
    """Close an account and end its sign-ins; what it recorded stays."""
    with _change() as session:
        user = _found(session, username)
        disable_user(session, user, by_id=None)
    click.echo(f"{user.username} cannot sign in any more")


@command.command("list")
def list_users() -> None:
    """List all accounts."""
    with _change() as session:
        for user in all_users(session):
            state = "disabled" if user.disabled_at else user.role
            click.echo(f"{user.username}\t{state}\t{user.signature}")


@contextmanager
def _change() -> Iterator[Session]:
    """A session on this installation's database, committed at the end; a refusal is said in plain words."""
    try:
        engine = make_engine(Settings.from_environment().database_url)
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    try:
        with sessions(engine)[1]() as session:
            yield session
            session.commit()
    except UsernameTaken as error:
        raise click.ClickException(f"There is an account named {error} already") from error
    except LastAdministrator as error:
        raise click.ClickException(f"{error} is the only administrator: make another one first") from error
    except WeakPassword as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()


def _found(session: Session, username: str) -> User:
    user = find_user(session, username)
    if user is None:
        raise click.ClickException(f"There is no account named {username}")
    return user


def _password(generated: bool) -> str:
    if generated:
        return secrets.token_urlsafe(15)
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _show(password: str, generated: bool) -> None:
    if generated:
        click.echo(f"Password, shown this once: {password}")
