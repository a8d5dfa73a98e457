"""`python -m lishu_tui` is `lishu-tui`."""

from lishu_tui.cli import main

if __name__ == "__main__":
    main()
