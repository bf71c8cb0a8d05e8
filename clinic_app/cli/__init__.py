"""The `clinic` command, one file per verb; a verb is loaded only when it is used."""

from importlib import import_module

import click

VERBS = ("run", "user", "doctor", "demo", "assess", "prescribe", "schema", "draw")


class Verbs(click.Group):
    """Finds each verb in the file of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order of use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None when there is none."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"clinic_app.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=Verbs)
def main() -> None:
    """Gluteal Screen: run it, look after its accounts, check this installation, or assess from a file."""
