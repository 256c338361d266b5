"""``python -m policywatch``."""

from policywatch.cli import main

if __name__ == "__main__":
    main()
