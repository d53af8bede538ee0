"""The command line: which commands there are, and how an error ends the program."""

import sys

import typer

from service.commands import asking, disclosures, evaluating, opinions, shelf, terms
from service.errors import MingzhangError
from service.output import Output, ReaderGoneError

app = typer.Typer(
    name="mingzhang",
    help="明账：读懂部门预算和决算公开文件，有据回答，逐数核对。"
    " / Reads China's public budget disclosures, answers with the passage that says so, recomputes every figure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for _command in (
    shelf.ingest,
    asking.ask,
    disclosures.extract,
    disclosures.check,
    disclosures.tables,
    disclosures.schema,
    shelf.documents,
    shelf.remove,
    shelf.reindex,
    shelf.serve,
):
    app.command()(_command)
app.add_typer(evaluating.app, name="eval")
app.add_typer(opinions.feedback)


def main() -> None:
    """Run the command line; an error that was meant is one line on standard error and its exit status."""
    sys.stdout = Output.standard()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except MingzhangError as error:
        terms.complain(error)
        sys.exit(error.exit_status)
    except ReaderGoneError:
        sys.exit(0)


if __name__ == "__main__":
    main()
