"""test_bede.py - the package over a store of the examples, and its doctests.

    BEDE=build/bede BEDE_LIBRARY=… BEDE_DATA=… python3 python/tests/test_bede.py

SPDX-License-Identifier: Apache-2.0
"""
import doctest
import glob
import os
import subprocess
import tempfile
import unittest

import bede

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class Stored(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "a.db")
        files = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
        subprocess.run([os.environ["BEDE"], "code", "--quiet", "--db", cls.path] + files, check=True,
                       stdout=subprocess.DEVNULL)
        cls.store = bede.open(cls.path)

    @classmethod
    def tearDownClass(cls):
        del cls.store
        cls.folder.cleanup()

    def test_events_are_those_of_the_program(self):
        lines = subprocess.run([os.environ["BEDE"], "events", "--db", self.path, "--to", "jsonl", "KEN", "IDN"],
                               check=True, capture_output=True, text=True).stdout.splitlines()
        self.assertEqual(len(list(self.store.events(actor="KEN", other="IDN"))), len(lines))

    def test_all_pages_are_read(self):
        ids = [e["id"] for e in self.store.events()]
        self.assertEqual(len(ids), self.store.summary()["total"])
        self.assertEqual(len(set(ids)), len(ids))
        self.assertEqual(len(list(self.store.events(limit=3))), 3)

    def test_spans_cut_out_their_words(self):
        for e in self.store.events(limit=20):
            text = self.store.document(e["doc"])["document"]["text"]
            self.assertEqual(bede.span(text, e["trigger"]["begin"], e["trigger"]["end"]), e["trigger"]["text"])

    def test_an_event_has_its_evidence(self):
        event = next(self.store.events(actor="KEN"))
        self.assertIn(event["text"], self.store.event(event["id"])["paragraph"]["text"])

    def test_series_sum_up(self):
        bins = self.store.series(unit="year", type=["CONSULT", "COOPERATE"], from_="2000")
        self.assertTrue(bins)
        self.assertTrue(all(sum(b["quads"]) == b["count"] for b in bins))

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(bede.Error, "no such event"):
            self.store.event("0123456789abcdef")
        with self.assertRaisesRegex(bede.Error, "there is no `DANCE`"):
            list(self.store.events(type="DANCE"))
        with self.assertRaisesRegex(bede.Error, "no such store"):
            bede.open("/nothing.db")

    def test_pictures_are_drawn(self):
        for kind in ("timeline", "matrix", "map", "calendar"):
            self.assertTrue(self.store.plot(kind)._repr_svg_().startswith("<svg"))

    def test_tables(self):
        events = list(self.store.events())
        self.assertEqual(len(bede.rows(events)), len(events))
        try:
            import pandas  # noqa: F401
        except ImportError:
            self.skipTest("pandas is not installed")
        self.assertEqual(len(bede.to_pandas(events)), len(events))


def load_tests(loader, tests, ignore):
    tests.addTests(doctest.DocTestSuite(bede, extraglobs={"bede": bede}))
    return tests


if __name__ == "__main__":
    unittest.main()
