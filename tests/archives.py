#!/usr/bin/env python3
"""Web archives written by other programs, read by ours and checked against their
own indexes: wget crawls a server of invented pages (--warc-file, --warc-cdx),
warcio (PyPI) writes the same pages, packed record by record with gzip, with zstd
(with and without a dictionary), and not at all.

    archives.py BEDE      what is missing (wget, warcio, zstandard) is told and passed
                          over; exit 77 (skipped) where wget and warcio are;
                          `./dev test readers` has all three

SPDX-License-Identifier: Apache-2.0
"""
import http.server
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading

try:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError:
    WARCWriter = None
try:
    import zstandard
except ImportError:
    zstandard = None

PLACES = "Aldmouth Brennick Carrow Dunholt Eastmere Fallow Garth Hollin Ingle Jarrow".split()
MORE = ("The council's engineer told the meeting that the bank had been raised twice before, and "
        "that the work would take until the spring.")


def page(number):
    """A page, its text, and the addresses that it links to."""
    place = PLACES[number]
    text = (f"The flood bank at {place} is to be raised by {number + 2} feet, the river council of "
            f"{place} decided on Tuesday after a winter in which the meadows stood under water.")
    links = "".join(f"<li><a href='/{p}.html'>{p}</a></li>" for p in PLACES)
    html = (f"<!DOCTYPE html><html><head><title>{place} raises its bank</title></head><body><nav><ul>{links}"
            f"<li><a href='/plain.txt'>Text</a></li><li><a href='/gone.html'>Gone</a></li>"
            f"<li><a href='/moved.html'>Moved</a></li></ul></nav><article><h1>{place} raises its bank</h1>"
            f"<p>{text}</p><p>{MORE}</p></article></body></html>")
    return html.encode(), text + "\n\n" + MORE


class Pages(http.server.BaseHTTPRequestHandler):
    """One page chunked, one closed at its end, the rest with their length."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        name = self.path.strip("/").removesuffix(".html") or PLACES[0]
        if name in PLACES:
            body = page(PLACES.index(name))[0]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if name == PLACES[3]:
                self.send_header("Transfer-Encoding", "chunked")
                pieces = [body[i:i + 100] for i in range(0, len(body), 100)] + [b""]
                body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces)
            elif name == PLACES[4]:
                self.send_header("Connection", "close")
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(len(body)))
        elif name == "moved":
            body = b""
            self.send_response(301)
            self.send_header("Location", "/" + PLACES[1] + ".html")
            self.send_header("Content-Length", "0")
        else:
            body = b"a plain text\n"
            self.send_response(200 if name == "plain.txt" else 404)
            self.send_header("Content-Type", "text/plain" if name == "plain.txt" else "text/html")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def read(bede, path):
    """Addresses and texts of the documents of an archive; one may be there twice."""
    run = subprocess.run([bede, "read", "--quiet", path], capture_output=True, text=True, check=False)
    if run.returncode or run.stderr:
        raise SystemExit(f"{path}: exit {run.returncode}: {run.stderr}")
    return [(d["url"], d["text"]) for d in map(json.loads, run.stdout.splitlines())]


def expect(bede, path, index):
    """index: the addresses of pages that the archive's own index has."""
    found = read(bede, path)
    urls = sorted(url for url, _ in found)
    if urls != sorted(index):
        raise SystemExit(f"{path}: read {urls}, the index has {sorted(index)}")
    for url, text in found:
        name = url.rsplit("/", 1)[1].removesuffix(".html") or PLACES[0]
        if text != page(PLACES.index(name))[1]:
            raise SystemExit(f"{path}: {url}: has another text: {text}")
    print(f"{os.path.basename(path)}: {len(found)} pages, as its index has them")


def by_wget(bede, folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, flags in (("packed.warc.gz", []), ("plain.warc", ["--no-warc-compression"])):
        stem = os.path.join(folder, name.split(".")[0])
        subprocess.run(["wget", "-q", "-r", "-nd", "-P", folder + "/mirror", "--warc-cdx", *flags, "-e", "robots=off",
                        "--warc-file", stem, f"http://127.0.0.1:{server.server_port}/"], check=False)
        index = []
        with open(stem + ".cdx", encoding="utf-8") as file:
            names = file.readline().split()[1:]  # CDX a b a m s k r M V g u
            for line in file:
                row = dict(zip(names, line.split()))
                if row["m"] == "text/html" and row["s"] == "200":
                    index.append(row["a"])
        if len(index) < len(PLACES):
            raise SystemExit(f"wget's index has {len(index)} pages")
        expect(bede, os.path.join(folder, name), index)
    server.shutdown()


def records(folder):
    """Writes warcio.warc.gz; gives each of its records as bytes, unpacked."""
    with open(folder + "/warcio.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("warcio.warc.gz", {"software": "warcio"}))
        for i, place in enumerate(PLACES):
            url, body = f"http://river.example/{place}.html", page(i)[0]
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b""), http_headers=(
                StatusAndHeaders("GET / HTTP/1.1", [("Host", "river.example")], is_http_request=True))))
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
        gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record("http://river.example/gone.html", "response",
                                                      payload=io.BytesIO(page(0)[0]), http_headers=gone))
    plain = io.BytesIO()
    with open(folder + "/warcio.warc.gz", "rb") as file:
        writer, parts, before = WARCWriter(plain, gzip=False), [], 0
        for record in ArchiveIterator(file):
            writer.write_record(record)
            parts.append(plain.getvalue()[before:])
            before = plain.tell()
    return parts


def index_of(path):
    run = subprocess.run([sys.executable, "-m", "warcio.cli", "index", "-f", "warc-type,warc-target-uri,http:status",
                          path], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    return [r["warc-target-uri"] for r in rows if r["warc-type"] == "response" and r.get("http:status") == "200"]


def by_warcio(bede, folder):
    parts = records(folder)
    with open(folder + "/warcio.warc", "wb") as file:
        file.write(b"".join(parts))
    for name in ("warcio.warc.gz", "warcio.warc"):
        index = index_of(os.path.join(folder, name))
        if len(index) != len(PLACES):
            raise SystemExit(f"{name}: warcio's index has {len(index)} pages")
        expect(bede, os.path.join(folder, name), index)
    if not zstandard:
        print("no zstandard (PyPI): zstd passed over")
        return
    dictionary = zstandard.train_dictionary(4096, parts * 8)
    for name, known, packed in (("warcio.warc.zst", None, False), ("dictionary.warc.zst", dictionary, False),
                                ("packed-dictionary.warc.zst", dictionary, True)):
        packer = zstandard.ZstdCompressor(dict_data=known) if known else zstandard.ZstdCompressor()
        with open(os.path.join(folder, name), "wb") as file:
            if known:  # in a skippable frame before all others (IIPC's WARC-zstd)
                data = known.as_bytes()
                data = zstandard.ZstdCompressor().compress(data) if packed else data
                file.write(struct.pack("<II", 0x184D2A5D, len(data)) + data)
            for part in parts:
                file.write(packer.compress(part))
        expect(bede, os.path.join(folder, name), index)


def main():
    bede = os.path.abspath(sys.argv[1])
    wget = shutil.which("wget")
    if not wget and not WARCWriter:
        print("neither wget nor warcio (PyPI): skipped")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        by_wget(bede, folder) if wget else print("no wget: passed over")
        by_warcio(bede, folder) if WARCWriter else print("no warcio (PyPI): passed over")


if __name__ == "__main__":
    main()
