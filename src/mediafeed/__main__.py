"""`python -m mediafeed` is `mediafeed`."""

from mediafeed.cli import main

if __name__ == "__main__":
    main()
