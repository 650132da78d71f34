"""The way every test file ends: `run()` runs its cases, telling each sentence."""
import unittest


def run():
    unittest.main(verbosity=2, warnings='ignore')
