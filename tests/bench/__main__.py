"""`make bench`: one table of medians and ratios, each pair measured in turns in one run."""

from tests.bench.handout import handout_rows
from tests.bench.pages import page_rows
from tests.bench.place import running_place
from tests.bench.printing import memory_rows, printing_rows
from tests.bench.reasoning import reasoning_rows
from tests.bench.saving import saving_rows

PARTS = (reasoning_rows, saving_rows, page_rows, handout_rows, printing_rows, memory_rows)


def main() -> None:
    """Print the table, row by row as it is measured."""
    print(f"{'what':<38}{'median ms':>9}  {'floor ms':>9}  {'ratio':>6}  {'goal':<6} against")
    with running_place() as place:
        for part in PARTS:
            for row in part(place):
                print(row, flush=True)


if __name__ == "__main__":
    main()
