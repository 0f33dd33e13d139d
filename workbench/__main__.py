"""`workbench` and `python -m workbench`: the window without arguments, else the command line."""

import signal
import sys


def main() -> int:
    """Run the command of the arguments; returns the exit code."""
    try:
        return _run()
    except KeyboardInterrupt:
        # The command line handles it once it is loaded; nothing had started yet.
        sys.stderr.write("workbench: Stopped before anything was begun.\n")
        return 130


def _run() -> int:
    if sys.argv[1:2] == ["--reader-process"]:
        # A bundle has no `python -m`: this is how it starts reader processes.
        from workbench.intake import reader_process

        reader_process.main(sys.argv[2])
        return 0
    if sys.argv[1:2] == ["--fetch-process"]:
        from workbench.intake import fetch_process

        fetch_process.main()
        return 0
    if sys.argv[1:2] == ["--make-kernels"]:
        from workbench import kernels

        kernels.make(sys.argv[2], sys.argv[3:])
        return 0
    # Clean up on SIGTERM as on Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from ingest import isolation
    from workbench import allocator
    from workbench.turns import lone_products, short_turns

    allocator.settle()
    # A reader that is taken over, or any program of the user, must not look into this one.
    isolation.hide_memory()
    short_turns()
    lone_products()
    from workbench.cli import main as command_line
    from workbench.cli.output import crashed

    sys.excepthook = crashed
    return command_line.main()


if __name__ == "__main__":
    sys.exit(main())
