#!/usr/bin/env python3
"""Reads the exports with a reader that is not ours (DuckDB), under the types that
users of these data sets declare, and compares rows and fields with `bede events`.

    readers.py BEDE EXAMPLES      exit 77 (skipped) where DuckDB is not installed;
                                  `./dev test readers` installs it for itself

SPDX-License-Identifier: Apache-2.0
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    import duckdb
except ImportError:
    print("no duckdb (./dev test readers installs it): skipped")
    sys.exit(77)

ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
GEO_TYPES = dict(Type="INT", Lat="DOUBLE", Long="DOUBLE")
GDELT = [("GLOBALEVENTID", "BIGINT"), ("SQLDATE", "INT"), ("MonthYear", "INT"), ("Year", "INT"), ("FractionDate", "DOUBLE")]
GDELT += [("Actor%d%s" % (n, name), "VARCHAR") for n in (1, 2) for name in ACTOR]
GDELT += [("IsRootEvent", "INT"), ("EventCode", "VARCHAR"), ("EventBaseCode", "VARCHAR"), ("EventRootCode", "VARCHAR"),
          ("QuadClass", "INT"), ("GoldsteinScale", "DOUBLE"), ("NumMentions", "INT"), ("NumSources", "INT"),
          ("NumArticles", "INT"), ("AvgTone", "DOUBLE")]
GDELT += [("%sGeo_%s" % (who, name), GEO_TYPES.get(name, "VARCHAR")) for who in ("Actor1", "Actor2", "Action") for name in GEO]
GDELT += [("DATEADDED", "BIGINT"), ("SOURCEURL", "VARCHAR")]
MENTIONS = [("GLOBALEVENTID", "BIGINT"), ("EventTimeDate", "BIGINT"), ("MentionTimeDate", "BIGINT"), ("MentionType", "INT"),
            ("MentionSourceName", "VARCHAR"), ("MentionIdentifier", "VARCHAR"), ("SentenceID", "INT"),
            ("Actor1CharOffset", "INT"), ("Actor2CharOffset", "INT"), ("ActionCharOffset", "INT"), ("InRawText", "INT"),
            ("Confidence", "INT"), ("MentionDocLen", "INT"), ("MentionDocTone", "DOUBLE"),
            ("MentionDocTranslationInfo", "VARCHAR"), ("Extras", "VARCHAR")]
PHOENIX = [("EventID", "VARCHAR"), ("Date", "VARCHAR"), ("Year", "INT"), ("Month", "INT"), ("Day", "INT")]
PHOENIX += [(side + name, "VARCHAR") for side in ("SourceActor", "TargetActor") for name in ("Full", "Entity", "Role", "Attribute")]
PHOENIX += [("EventCode", "VARCHAR"), ("EventRootCode", "VARCHAR"), ("PentaClass", "INT"), ("GoldsteinScore", "DOUBLE"),
            ("Issues", "VARCHAR"), ("Lat", "DOUBLE"), ("Lon", "DOUBLE"), ("LocationName", "VARCHAR"), ("StateName", "VARCHAR"),
            ("CountryCode", "VARCHAR"), ("SentenceID", "VARCHAR"), ("URLs", "VARCHAR"), ("NewsSources", "VARCHAR")]


def read(path, columns=None, types=None):
    how = "delim='\t', quote='', escape='', header=%s, strict_mode=true, null_padding=false" % ("false" if columns else "true")
    if columns:
        how += ", auto_detect=false, columns={%s}" % ", ".join("'%s': '%s'" % c for c in columns)
    elif types:
        how += ", types={%s}" % ", ".join("'%s': '%s'" % c for c in types.items())
    reply = duckdb.sql("SELECT * FROM read_csv('%s', %s)" % (path, how))
    return [dict(zip(reply.columns, row)) for row in reply.fetchall()]


def check(what, right):
    print("%s: %s" % (what, "ok" if right else "NOT RIGHT"))
    return 0 if right else 1


PARQUET = dict(id="VARCHAR", story="VARCHAR", sentence="BIGINT", goldstein="DOUBLE", mutual="BOOLEAN", date="DATE",
               lat="DOUBLE", due="DATE", confidence="DOUBLE", said="DATE", cameo="VARCHAR")


def check_parquet(bede, db, path, reports):
    """Parquet has types of its own: none is declared here."""
    if not os.environ.get("BEDE_DUCKDB"):
        print("parquet: no library (BEDE_DUCKDB): skipped")
        return 0
    subprocess.run([bede, "export", "--to", "parquet", "-o", path, "--db", db, "--quiet"], check=True)
    failed = check("parquet is written under its own name alone", glob.glob(path + "*") == [path])
    types = {r[0]: r[1] for r in duckdb.sql("DESCRIBE SELECT * FROM '%s'" % path).fetchall()}
    failed += check("parquet types", len(types) == 41 and all(types[n] == t for n, t in PARQUET.items()))
    reply = duckdb.sql("SELECT * FROM '%s'" % path)
    rows = [dict(zip(reply.columns, row)) for row in reply.fetchall()]

    def of(actor, field):
        return (actor or {}).get(field) or None

    def first(date):
        return date and (date["begin"] + "-01-01")[:10]

    failed += check("parquet", len(rows) == len(reports) > 5 and all(
        r["id"] == e["id"] and r["story"] == e["story"] and r["type"] == e["event"] and r["cameo"] == e["cameo"]
        and r["source"] == of(e["source"], "code") and r["target_name"] == of(e["target"], "name")
        and abs(r["goldstein"] - e["goldstein"]) < 1e-5 and abs(r["confidence"] - e["confidence"]) < 1e-5
        and r["text"] == e["text"]
        and (str(r["date"]) if r["date"] else None) == first(e["date"]) and r["mutual"] == e["mutual"]
        and r["lat"] == of(e["place"], "lat") for r, e in zip(rows, reports)))
    return failed


def main():
    bede, examples = sys.argv[1:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "x.db")
        inputs = [os.path.join(examples, f) for f in sorted(os.listdir(examples)) if f.endswith(".txt")]
        subprocess.run([bede, "code", "--quiet", "--db", db] + inputs, check=True, stdout=subprocess.DEVNULL)

        def run(*words):
            return subprocess.run([bede, *words, "--db", db, "--quiet"], check=True, stdout=subprocess.PIPE).stdout

        def export(form):
            path = os.path.join(folder, form)
            with open(path, "wb") as f:
                f.write(run("export", "--to", form))
            return path

        ours = [json.loads(line) for line in run("events", "--status", "actual", "--once", "--to", "jsonl").splitlines()]
        reports = [json.loads(line) for line in run("events", "--status", "actual", "--to", "jsonl").splitlines()]

        def code(event, side):
            return ((event[side] or {}).get("code") or "") + ((event[side] or {}).get("sector") or "")

        def day(event):
            return event["date"]["begin"] if event["date"] else ""

        def number(event):
            return int(event["story"], 16) >> 11

        rows = read(export("gdelt"), GDELT)
        failed += check("gdelt rows", len(rows) == len(ours) > 5)
        failed += check("gdelt fields", all(
            r["GLOBALEVENTID"] == number(e) and (r["Actor1Code"] or "") == code(e, "source")
            and (r["Actor2Code"] or "") == code(e, "target") and r["EventCode"] == e["cameo"]
            and abs(r["GoldsteinScale"] - e["goldstein"]) < 0.06
            and str(r["SQLDATE"]).startswith(day(e).replace("-", "")[:8]) for r, e in zip(rows, ours)))
        rows = read(export("gdelt-mentions"), MENTIONS)
        failed += check("gdelt mentions", len(rows) == len(reports) and all(
            r["GLOBALEVENTID"] == number(e) and r["SentenceID"] == e["sentence"] + 1
            and r["MentionIdentifier"] is not None and abs(r["Confidence"] - 100 * e["confidence"]) <= 6
            and str(r["EventTimeDate"]).startswith(day(e).replace("-", "")[:4] or "2") and r["ActionCharOffset"] >= 0
            and (r["MentionSourceName"] or None) == (e["agency"] or None)
            for r, e in zip(rows, reports)))
        rows = read(export("icews"), types={"CAMEO Code": "VARCHAR", "Event Date": "DATE", "Intensity": "DOUBLE"})
        mirrored = [m for e in ours for m in ((0, e), (1, e))[:2 if e["mutual"] and e["target"] else 1]]
        failed += check("icews", len(rows) == len(mirrored) and all(
            len(r) == 20 and r["CAMEO Code"] == e["cameo"] and r["Sentence Number"] == e["sentence"] + 1
            and ((r["Source Sectors"] or "") == ((e["target" if m else "source"] or {}).get("sector") or ""))
            and abs(r["Intensity"] - e["goldstein"]) < 0.06 and str(r["Event Date"]).startswith(day(e)[:4])
            for r, (m, e) in zip(rows, mirrored)))
        rows = read(export("phoenix"), PHOENIX)
        failed += check("phoenix", len(rows) == len(ours) and all(
            (r["SourceActorFull"] or "") == code(e, "source") and (r["TargetActorFull"] or "") == code(e, "target")
            and r["EventCode"] == e["cameo"] and 0 <= r["PentaClass"] <= 4 and r["EventRootCode"] == e["cameo"][:2]
            and r["EventID"] == str(number(e)) and abs(r["GoldsteinScore"] - e["goldstein"]) < 0.06
            for r, e in zip(rows, ours)))
        rows = read(export("polecat"), types={"Event Date": "DATE", "Publication Date": "DATE", "Actor COW": "INT"})
        failed += check("polecat", len(rows) == len(ours) and all(
            len(r) == 40 and r["Event Type"] == e["event"] and (r["Event Mode"] or None) == e["mode"]
            and (r["Primary Actor Sector"] or None) == ((e["source"] or {}).get("sector") or None)
            and r["Quad Code"].lower() == e["quad"] and (r["Contexts"] or "") == ";".join(e["contexts"])
            for r, e in zip(rows, ours)))
        failed += check_parquet(bede, db, os.path.join(folder, "x.parquet"), reports)
        with open(export("geojson"), encoding="utf-8") as f:
            features = json.load(f)["features"]
        failed += check("geojson", len(features) == sum(bool(e["place"] and e["place"]["lat"] is not None) for e in ours) > 0)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
