#!/usr/bin/env python3
"""Runs a unit test program with a throw-away PostgreSQL cluster beside SQLite: on_postgresql.py PROGRAM [ARGUMENT …]"""
import os
import subprocess
import sys

from lib.postgresql import new_database


def main():
    # Schemas of their own keep the tests of one program apart.
    os.environ["YUNZHI_TEST_POSTGRESQL"] = new_database()
    sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)


main()
