"""bede - newswire to political event data, from Python.

    >>> import bede
    >>> events = bede.code(["Norway's foreign minister met her Chilean counterpart in Oslo on Monday."],
    ...                    date="2024-03-05")
    >>> [(e["source"]["code"], e["event"], e["target"]["code"]) for e in events]
    [('NOR', 'CONSULT', 'CHL')]
    >>> events[0]["date"]["begin"], events[0]["trigger"]["text"]
    ('2024-03-04', 'met')

An event is a plain dict, as docs/DATA.md describes it; `begin` and `end` are
bytes of the document's UTF-8 text, which `span` cuts out. A store that
`bede code --db` wrote is opened with `bede.open`.

SPDX-License-Identifier: Apache-2.0
"""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Union
from urllib.parse import quote, urlencode

import cffi

__all__ = ["Error", "Model", "Store", "code", "open", "span", "rows", "to_pandas", "to_arrow"]

Event = Dict[str, Any]

_ffi = cffi.FFI()
_ffi.cdef("""
typedef struct BedeError { int status; char message[1024]; } BedeError;
typedef struct BedeModel BedeModel;
typedef struct BedeCoder BedeCoder;
typedef struct BedeDoc BedeDoc;
typedef struct BedeStore BedeStore;
typedef struct BedeInput {
  const char *text; size_t len; const char *id, *title, *date; bool dispatch;
} BedeInput;
int bede_model_open(const char *path, BedeModel **out, BedeError *err);
void bede_model_free(BedeModel *model);
BedeCoder *bede_coder_new(const BedeModel *model);
void bede_coder_free(BedeCoder *coder);
int bede_code(BedeCoder *coder, const BedeInput *input, BedeDoc **out, BedeError *err);
void bede_doc_free(BedeDoc *doc);
size_t bede_doc_event_count(const BedeDoc *doc);
char *bede_doc_event_json(const BedeDoc *doc, size_t index);
int bede_store_open(const char *path, const BedeModel *model, BedeStore **out, BedeError *err);
void bede_store_close(BedeStore *store);
int bede_store_ask(BedeStore *store, const char *question, char **out, BedeError *err);
void free(void *at);
""")


def _beside(name: str, variable: str) -> str:
    """A file of the package, unless the environment names another."""
    given = os.environ.get(variable)
    return given if given else str(Path(__file__).with_name(name))


_lib = _ffi.dlopen(_beside("libbede.so", "BEDE_LIBRARY"))
_libc = _ffi.dlopen(None)


class Error(Exception):
    """What the library says is wrong, as one sentence."""


def _check(status: int, error: Any) -> None:
    if status:
        raise Error(_ffi.string(error.message).decode("utf-8", "replace"))


def _taken(text: Any) -> str:
    try:
        return _ffi.string(text).decode("utf-8")
    finally:
        _libc.free(text)


class Model:
    """The knowledge; opened once, shared by all that code and read.

    `data` is an image or a folder of text (`data/en`); without it, BEDE_DATA or
    the image of the package."""

    def __init__(self, data: Union[str, os.PathLike, None] = None) -> None:
        error, out = _ffi.new("BedeError *"), _ffi.new("BedeModel **")
        path = os.fsencode(data) if data is not None else os.fsencode(_beside("bede.image", "BEDE_DATA"))
        _check(_lib.bede_model_open(path, out, error), error)
        self._at = _ffi.gc(out[0], _lib.bede_model_free)

    def code(self, texts: Union[str, Iterable[Union[str, Mapping[str, Any]]]], date: Optional[str] = None,
             dispatch: bool = False) -> List[Event]:
        """The events of texts. A text is a str, or a mapping with `text` and
        perhaps `id`, `title`, `date`. dispatch: a headline, agency line and
        dateline stand in the text, and are taken off."""
        coder = _ffi.gc(_lib.bede_coder_new(self._at), _lib.bede_coder_free)
        events: List[Event] = []
        for text in [texts] if isinstance(texts, str) else texts:
            given: Mapping[str, Any] = {"text": text} if isinstance(text, str) else text
            events += self._code(coder, given, date, dispatch)
        return events

    def _code(self, coder: Any, given: Mapping[str, Any], date: Optional[str], dispatch: bool) -> List[Event]:
        error, out = _ffi.new("BedeError *"), _ffi.new("BedeDoc **")
        kept = []  # what the input points at

        def words(value: Any) -> Any:
            if value is None:
                return _ffi.NULL
            kept.append(_ffi.new("char[]", str(value).encode("utf-8")))
            return kept[-1]

        text = given["text"].encode("utf-8", "replace")
        kept.append(_ffi.new("char[]", text))
        model_input = _ffi.new("BedeInput *", {
            "text": kept[0], "len": len(text), "id": words(given.get("id")), "title": words(given.get("title")),
            "date": words(given.get("date", date)), "dispatch": dispatch})
        _check(_lib.bede_code(coder, model_input, out, error), error)
        doc = _ffi.gc(out[0], _lib.bede_doc_free)
        return [json.loads(_taken(_lib.bede_doc_event_json(doc, i)))
                for i in range(_lib.bede_doc_event_count(doc))]


_model: Optional[Model] = None


def _default() -> Model:
    global _model
    if _model is None:
        _model = Model()
    return _model


def code(texts: Union[str, Iterable[Union[str, Mapping[str, Any]]]], date: Optional[str] = None,
         dispatch: bool = False) -> List[Event]:
    """The events of texts, coded with the knowledge of the package; see Model.code.

    >>> bede.code("The 1868 campaign is taught in schools.")
    []
    """
    return _default().code(texts, date, dispatch)


class Store:
    """A store, read-only. Filters are those of the page and its API: actor,
    other, source, target, type, quad, status, from_, until, q, place, agency; of a map also box ("-25,34,45,72")."""

    def __init__(self, path: Union[str, os.PathLike], model: Optional[Model] = None) -> None:
        error, out = _ffi.new("BedeError *"), _ffi.new("BedeStore **")
        self._model = model or _default()
        _check(_lib.bede_store_open(os.fsencode(path), self._model._at, out, error), error)
        self._at = _ffi.gc(out[0], _lib.bede_store_close)

    def ask(self, path: str, **parameters: Any) -> str:
        """What `bede serve` answers under /api/v1."""
        error, out = _ffi.new("BedeError *"), _ffi.new("char **")
        pairs = [(name.rstrip("_"), ",".join(map(str, value)) if isinstance(value, (list, tuple, set)) else value)
                 for name, value in parameters.items() if value is not None]
        question = path + ("?" + urlencode(pairs) if pairs else "")
        _check(_lib.bede_store_ask(self._at, question.encode("utf-8"), out, error), error)
        return _taken(out[0])

    def _asked(self, path: str, **parameters: Any) -> Any:
        return json.loads(self.ask(path, **parameters))

    def events(self, limit: Optional[int] = None, order: str = "old", **filters: Any) -> Iterator[Event]:
        """Events by date; all of them, or `limit`."""
        cursor, given = None, 0
        while True:
            size = min(500, limit - given) if limit is not None else 500
            if size <= 0:
                return
            page = self._asked("events", limit=size, order=order, cursor=cursor, **filters)
            yield from page["events"]
            given += len(page["events"])
            cursor = page["next"]
            if not cursor:
                return

    def event(self, id: str) -> Dict[str, Any]:
        """An event with its paragraph, its other reports, and what was considered."""
        return self._asked("events/" + quote(id, safe=""))

    def document(self, id: str) -> Dict[str, Any]:
        return self._asked("documents/" + quote(id, safe=""))

    def story(self, id: str) -> Dict[str, Any]:
        return self._asked("stories/" + quote(id, safe=""))

    def summary(self, **filters: Any) -> Dict[str, Any]:
        return self._asked("summary", **filters)

    def series(self, unit: str = "auto", **filters: Any) -> List[Dict[str, Any]]:
        """Counts by day, week, month or year."""
        return self._asked("series", unit=unit, **filters)["bins"]

    def pairs(self, limit: int = 10000, **filters: Any) -> List[Dict[str, Any]]:
        return self._asked("pairs", limit=limit, **filters)["items"]

    def actors(self, limit: int = 10000, **filters: Any) -> List[Dict[str, Any]]:
        return self._asked("actors", limit=limit, **filters)["items"]

    def places(self, limit: int = 10000, **filters: Any) -> List[Dict[str, Any]]:
        return self._asked("places", limit=limit, **filters)["items"]

    def plot(self, kind: str = "timeline", width: int = 900, **filters: Any) -> "Picture":
        """A timeline, matrix, map or calendar; a notebook shows it."""
        return Picture(self.ask("plot/" + kind + ".svg", width=width, **filters))


class Picture(str):
    """SVG as text, which Jupyter draws."""

    def _repr_svg_(self) -> str:
        return str(self)


def open(path: Union[str, os.PathLike], model: Optional[Model] = None) -> Store:  # noqa: A001
    """Opens a store that `bede code --db` wrote."""
    return Store(path, model)


def span(text: str, begin: int, end: int) -> str:
    """The words between two bytes of a text.

    >>> bede.span("Évian: they met", 8, 12)
    'they'
    """
    return text.encode("utf-8")[begin:end].decode("utf-8", "replace")


def rows(events: Iterable[Event]) -> List[Dict[str, Any]]:
    """Events as flat rows, with the columns of `bede events --to csv`."""
    out = []
    for e in events:
        date, place, speaker = e["date"] or {}, e["place"] or {}, e["speaker"] or {}
        row: Dict[str, Any] = {"id": e["id"], "doc": e["doc"], "begin": date.get("begin"), "end": date.get("end")}
        for side in ("source", "target"):
            actor = e[side] or {}
            row.update({side: actor.get("code"), side + "_sector": actor.get("sector"),
                        side + "_name": actor.get("name") or actor.get("text")})
        row.update({name: e[name] for name in ("event", "mode", "cameo", "quad", "goldstein", "status", "mutual")})
        row.update(speaker=speaker.get("code"), speaker_name=speaker.get("name") or speaker.get("text"),
                   place=place.get("name"), country=place.get("country"),
                   pledge=(e["pledge"] or {}).get("what"), agency=e["agency"], rule=e["rule"],
                   confidence=e["confidence"], text=e["text"])
        out.append(row)
    return out


def to_pandas(events: Iterable[Event]) -> Any:
    """Events as a pandas DataFrame; pandas must be installed."""
    import pandas

    frame = pandas.DataFrame(rows(events))
    for name in ("begin", "end"):
        if name in frame:
            frame[name] = pandas.to_datetime(frame[name], errors="coerce")
    return frame


def to_arrow(events: Iterable[Event]) -> Any:
    """Events as an Arrow table; pyarrow must be installed."""
    import pyarrow

    return pyarrow.Table.from_pylist(rows(events))
