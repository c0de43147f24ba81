"""The command ``k8sadvisor``: its commands, and the one place where errors become exit codes.

A command's module is imported when the command is named, and imports what it needs when it runs:
so ``--help`` and ``validate`` do without networkx and Jinja2.
"""

import gc
import importlib
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from analyzer import __version__
from analyzer.errors import AdvisorError, OutputError, printable

BUG, INTERRUPTED, PIPE_CLOSED = 1, 130, 141
COMMANDS = (
    "analyse",
    "diff",
    "what-if",
    "history",
    "kit",
    "compare-test",
    "import",
    "validate",
    "init",
    "schema",
    "rules",
    "graph",
)
MODULES = {"import": "importing", "what-if": "what_if", "compare-test": "compare_test"}
"""Where a command's name can be no module's."""
ALIASES = {"analyze": "analyse"}

EPILOG = """\b
Start here:
  k8sadvisor init                            write a commented inventory.yaml to fill in
  k8sadvisor validate inventory.yaml         check it
  k8sadvisor analyse inventory.yaml -o report.md

\b
Try a what-if without touching the file:
  k8sadvisor analyse inventory.yaml --set needs.planned_hosts=3 --format text

\b
Files to start with, for the way that is recommended or another:
  k8sadvisor kit inventory.yaml -d kit

\b
After every change:
  k8sadvisor diff main..HEAD inventory.yaml
  k8sadvisor history inventory.yaml

\b
Exit codes:
  0    done; whatever the answer is
  1    a bug in k8sadvisor
  2    wrong usage
  3    an inventory cannot be read, or is invalid
  4    a rule, a profile or a template is invalid
  5    the result cannot be written
  10   --fail-on: a condition holds; --check: a report is stale, or an inventory not what runs
  130  interrupted

\b
Shell completion (bash; zsh and fish likewise):
  eval "$(_K8SADVISOR_COMPLETE=bash_source k8sadvisor)"
"""


class Program(click.Group):
    """A group that imports a command when it is named and maps errors to exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command by its name or alias."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(
            f"analyzer.commands.{MODULES.get(name, name)}"
        ).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name, suggesting one for a misspelling."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            import difflib  # noqa: PLC0415 - only for a misspelt command

            close = difflib.get_close_matches(name, (*COMMANDS, *ALIASES), 1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the code of the error that it met."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except AdvisorError as error:
            lines = str(error).splitlines()
            _complain("\n".join(f"{error.label}: {printable(line)}" for line in lines))
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            ctx.exit(PIPE_CLOSED)
        except Exception as error:  # noqa: BLE001 - the one boundary
            _report_bug(error)
            ctx.exit(BUG)


def _report_bug(error: Exception) -> None:
    """Print where an unexpected exception came from; its message may quote an inventory."""
    import traceback  # noqa: PLC0415 - only for a bug

    _complain(
        "".join(traceback.format_tb(error.__traceback__))
        + f"Error: {type(error).__name__}: this is a bug in k8sadvisor {__version__}."
        " Please report it with the lines above; they hold nothing of your inventory."
    )


def _complain(text: str) -> None:
    """Print to standard error; the exit code tells the same where nobody listens."""
    with suppress(OSError):
        click.echo(text, err=True)


@click.command(
    cls=Program,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="k8sadvisor")
def program() -> None:
    """Should this Podman, Compose or NixOS estate move to Kubernetes (K3s), and if so how?

    Reads an inventory of hosts and containers, offline, and recommends one of three ways:
    moving step by step, a test cluster first, or staying on Podman and improving it; with the
    reasons, what would change the answer, the order of the work and what it costs.
    """


def main() -> NoReturn:
    """Run the command and end the process.

    The collector is paused: a run builds one large value and ends, so there is no garbage worth
    looking for. For the same reason nothing is torn down at the end.
    """
    gc.disable()
    code: object = 0
    try:
        program.main(prog_name="k8sadvisor")
    except SystemExit as ended:
        code = ended.code
    except OSError as error:  # a help text that cannot be written
        _complain(f"Error: standard output: cannot write: {error.strerror}")
        code = OutputError.exit_code
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # closed by whoever started the program
                stream.flush()
        except OSError:
            code = code or PIPE_CLOSED
    os._exit(code if isinstance(code, int) else BUG)
