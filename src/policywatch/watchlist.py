"""``platforms.yaml`` <-> platforms, documents and sources.

Mistakes are collected, all of them, each with file:line:column, the key's path and a suggestion.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator
from slugify import slugify

from policywatch.errors import ConfigError
from policywatch.model import Document, Platform, Range, Selector, Severity, Source
from policywatch.yaml_places import Places, nearest, read_yaml

SCHEMA_ID = "policywatch/watchlist/1"
OWN_KEYS = ("id", "homepage", "sector")  # a platform's lower-case keys; every other key names a document
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*", re.I)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


# -- the file's shape --------------------------------------------------------------------------------------------------


def _duration(value: object) -> timedelta:
    found = _DURATION.fullmatch(str(value))
    if not found:
        raise ValueError("a time like 30m, 24h or 7d")
    return timedelta(seconds=float(found[1]) * _UNITS[found[2].lower()])


def _url(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a web address (http or https)")
    parts = urlsplit(_VARIABLE.sub("x", value.strip()))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a web address that starts with https:// or http://")
    return value.strip()


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


Duration = Annotated[
    timedelta, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*[smhdw]$"})
]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Id = Annotated[str, Field(pattern=_ID)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class RangeShape(_Shape):
    """The page between two places, as Open Terms Archive writes it."""

    start_before: str | None = Field(None, alias="startBefore")
    start_after: str | None = Field(None, alias="startAfter")
    end_before: str | None = Field(None, alias="endBefore")
    end_after: str | None = Field(None, alias="endAfter")


_ONE_SELECTOR = {"anyOf": [{"type": "string"}, RangeShape.model_json_schema(by_alias=True)]}
Selectors = Annotated[
    list[str | RangeShape],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [*_ONE_SELECTOR["anyOf"], {"type": "array", "items": _ONE_SELECTOR}]}),
]


class SourceShape(_Shape):
    url: Url = Field(description="Where the text stands.")
    select: Selectors = Field([], description="CSS of the parts that are the policy.")
    remove: Selectors = Field([], description="CSS of what is not, inside them.")
    render: Literal["http", "browser"] = Field("http", description="browser: the page builds its text with scripts.")
    robots: Literal["respect", "ignore"] | None = None


class DocumentShape(_Shape):
    id: Id | None = Field(None, description="The document's id in the archive; default: slug of its name.")
    url: Url | None = None
    select: Selectors = []
    remove: Selectors = []
    render: Literal["http", "browser"] = "http"
    robots: Literal["respect", "ignore"] | None = None
    sources: list[SourceShape] = Field([], description="Several addresses, joined in order.")

    @model_validator(mode="after")
    def _one_or_several(self) -> DocumentShape:
        if bool(self.url) == bool(self.sources):
            raise ValueError("either `url:` or `sources:`")
        return self


class PlatformShape(_Shape):
    id: Id | None = Field(None, description="The platform's folder in the archive; default: slug of its name.")
    homepage: Url | None = None
    sector: str | None = None
    documents: dict[str, DocumentShape]


class Defaults(_Shape):
    """How documents are fetched and when a text counts."""

    user_agent: str | None = Field(None, description="Says who asks and how to reach you.")
    timeout: float = Field(30.0, gt=0, le=3600, description="Seconds, the whole of one document.")
    per_host: int = Field(2, ge=1, le=64, description="Requests at a time to one host.")
    delay: float = Field(0.5, ge=0, le=3600, description="Seconds between requests to one host (loopback: 0).")
    robots: Literal["respect", "ignore"] = "respect"
    evidence: Literal["local", "tracked", "off"] = "local"
    settle: Duration = Field(timedelta(hours=24), description="How long a doubtful text must stand before it counts.")
    record_quiet: bool = Field(True, description="A status line moves once a day though nothing changed.")


class Gate(_Shape):
    """What ``policywatch check`` lets through."""

    categories: list[str] = []
    severity: Severity = "medium"
    max_age: Duration | None = None
    positions: dict[str, list[str]] = {}


class _File(_Shape):
    defaults: Defaults = Defaults()
    taxonomy: list[str] = []
    weights: dict[str, Annotated[float, Field(ge=0, le=3)]] = {}
    gate: Gate | None = None
    platforms: dict[str, PlatformShape]


# -- the values --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Watchlist:
    """A watchlist that was read and found right."""

    path: Path
    platforms: tuple[Platform, ...]
    defaults: Defaults = field(default_factory=lambda: Defaults())
    taxonomy: tuple[Path, ...] = ()  # files that extend the categories
    weights: Mapping[str, float] = field(default_factory=dict)  # category -> severity weight
    gate: Gate | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(document for platform in self.platforms for document in platform.documents)


def load(path: Path) -> Watchlist:
    """Read a watchlist.

    Raises ConfigError with every mistake found.
    """
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text") from error
    return loads(content, path)


def loads(content: str, path: Path = Path("platforms.yaml")) -> Watchlist:
    """Read a watchlist from text; ``path`` is for messages and for the files it names."""
    data, places = read_yaml(content, str(path))
    problems = list(places.problems)
    data = _expanded(data, (), places, problems)
    shaped = _with_documents_apart(data, places, problems)
    file: _File | None = None
    try:
        file = _File.model_validate(shaped)
    except ValidationError as error:
        problems += _explained(error, places)
    if problems or file is None:
        found = sorted(set(problems), key=places.order)
        raise ConfigError(f"{path}: {len(found)} {'mistake' if len(found) == 1 else 'mistakes'}", tuple(found))
    extensions = tuple(path.parent / name for name in file.taxonomy)
    return Watchlist(path, tuple(_platforms(file)), file.defaults, extensions, file.weights, file.gate)


def schema() -> dict[str, Any]:
    """The watchlist's JSON Schema, for editors: the shapes, with the shorthands that the file allows."""
    generated = _File.model_json_schema(by_alias=True)
    address: dict[str, Any] = {"type": "string", "pattern": "^https?://", "description": "Where the text stands."}
    platform, document = generated["$defs"]["PlatformShape"], generated["$defs"]["DocumentShape"]
    # In the file, documents stand beside the platform's own keys, and an address alone will do.
    platform["additionalProperties"] = {
        "anyOf": [address, platform["properties"].pop("documents")["additionalProperties"]]
    }
    platform.pop("required")
    platform["propertyNames"] = {"minLength": 1}
    document["properties"]["sources"]["items"] = {"anyOf": [address, document["properties"]["sources"]["items"]]}
    document["oneOf"] = [{"required": ["url"]}, {"required": ["sources"]}]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **generated,
        "title": "policywatch watchlist",
    }


# -- from shape to values ----------------------------------------------------------------------------------------------

KeyPath = tuple[str | int, ...]


def _expanded(value: Any, path: KeyPath, places: Places, problems: list[str]) -> Any:
    """``${VAR}`` read from the environment. Addresses keep the name, so that no secret reaches an archive or a log."""
    if isinstance(value, dict):
        return {key: _expanded(item, (*path, key), places, problems) for key, item in value.items()}
    if isinstance(value, list):
        return [_expanded(item, (*path, index), places, problems) for index, item in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    for name in _VARIABLE.findall(value):
        if name not in os.environ:
            problems.append(places.problem(path, f"the environment variable {name} is not set"))
    if value.strip().startswith(("http://", "https://", "${")):
        return value
    return _VARIABLE.sub(lambda match: os.environ.get(match[1], ""), value)


def _with_documents_apart(data: Any, places: Places, problems: list[str]) -> Any:
    """The file's shorthands written out, as the shapes want them; ids are checked on the way."""
    if not isinstance(data, dict) or not isinstance(data.get("platforms"), dict):
        return data
    platforms: dict[str, Any] = {}
    taken: set[str] = set()
    for name, entries in data["platforms"].items():
        if not isinstance(entries, dict):
            problems.append(places.problem(("platforms", name), "needs documents: `Privacy Policy: https://…`"))
            continue
        own, documents = _told_apart(name, entries, places, problems)
        slug = _identity(own.get("id"), name, ("platforms", name), places, problems)
        for title, entry in documents.items():
            here = ("platforms", name, title)
            part = _identity(entry.get("id") if isinstance(entry, dict) else None, title, here, places, problems)
            if slug and part and f"{slug}/{part}" in taken:
                problems.append(
                    places.problem(here, f"another document has the id {slug}/{part} too; add an `id:` of its own")
                )
            taken.add(f"{slug}/{part}")
        platforms[name] = {**own, "documents": {title: _written_out(entry) for title, entry in documents.items()}}
    return {**data, "platforms": platforms}


def _told_apart(
    name: str, entries: dict[str, Any], places: Places, problems: list[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A platform's own keys, and its documents."""
    own: dict[str, Any] = {}
    documents: dict[str, Any] = {}
    for key, value in entries.items():
        here = ("platforms", name, key)
        if places.quoted(here) or not (key in OWN_KEYS or key.islower()):
            documents[key] = value
        elif key in OWN_KEYS:
            own[key] = value
        else:
            words = f"unknown key{nearest(key, OWN_KEYS)} (a document's name is capitalised or quoted)"
            problems.append(places.problem(here, words))
    if not documents:
        problems.append(places.problem(("platforms", name), "has no document; add one: `Privacy Policy: https://…`"))
    return own, documents


def _identity(given: object, name: str, here: KeyPath, places: Places, problems: list[str]) -> str:
    if isinstance(given, str):
        return given
    slug = slugify(name)
    if not slug:
        problems.append(places.problem(here, "its name gives no id; add an `id:` in plain Latin letters"))
    return slug


def _written_out(entry: Any) -> Any:
    if isinstance(entry, str):
        return {"url": entry}
    if isinstance(entry, dict) and isinstance(entry.get("sources"), list):
        return {**entry, "sources": [{"url": one} if isinstance(one, str) else one for one in entry["sources"]]}
    return entry


def _platforms(file: _File) -> Iterator[Platform]:
    for name, shape in file.platforms.items():
        slug = shape.id or slugify(name)
        documents = tuple(
            Document(f"{slug}/{entry.id or slugify(title)}", title, name, tuple(_sources(entry, file.defaults)))
            for title, entry in shape.documents.items()
        )
        yield Platform(slug, name, documents, shape.homepage, shape.sector)


def _sources(document: DocumentShape, defaults: Defaults) -> Iterator[Source]:
    """The document's own options hold for every source that does not say otherwise."""
    for own in document.sources or [SourceShape(url=document.url or "")]:
        said = own.model_fields_set
        yield Source(
            url=own.url,
            select=_selectors(own.select if "select" in said else document.select),
            remove=_selectors(own.remove if "remove" in said else document.remove),
            render=own.render if "render" in said else document.render,
            robots=own.robots or document.robots or defaults.robots,
        )


def _selectors(shapes: list[str | RangeShape]) -> tuple[Selector, ...]:
    return tuple(
        shape
        if isinstance(shape, str)
        else Range(shape.start_before, shape.start_after, shape.end_before, shape.end_after)
        for shape in shapes
    )


# -- explaining mistakes -----------------------------------------------------------------------------------------------


def _explained(error: ValidationError, places: Places) -> Iterator[str]:
    """Pydantic's findings in our words, at the place in the file they concern."""
    for finding in error.errors(include_url=False):
        yield places.problem(
            _file_path(finding["loc"], places),
            _words(finding["type"], finding["msg"], finding["loc"], finding["input"]),
        )


def _file_path(loc: tuple[str | int, ...], places: Places) -> KeyPath:
    """A place in the shapes -> the file's: without the `documents` level, union names and the written-out `url`."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        ours = index == 2 and loc[0] == "platforms" and step == "documents"
        if not ours and not (step in ("str", "[key]", "RangeShape") and index > 0):
            path.append(step)
    if path and path[-1] == "url" and tuple(path) not in places.marks:
        path.pop()
    return tuple(path)


def _words(kind: str, message: str, loc: tuple[str | int, ...], value: object) -> str:
    key = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return f"unknown key{nearest(key, _neighbours(loc))}"
    if kind in ("model_type", "dict_type"):
        return f"expected keys with values, found {_shown(value)}"
    if kind == "missing":
        return f"`{key}:` is missing"
    if kind == "value_error":
        return f"expected {message.removeprefix('Value error, ')}, found {_shown(value)}"
    if kind == "literal_error":
        choices = re.findall(r"'([^']+)'", message)
        return f"expected {' or '.join(choices)}, found {_shown(value)}{nearest(str(value), choices)}"
    if kind == "string_pattern_mismatch":
        return f"expected lower-case letters, digits and single hyphens, found {_shown(value)}"
    return f"{message[:1].lower()}{message[1:]}, found {_shown(value)}"


def _shown(value: object) -> str:
    """A value as the file's author knows it: a key without one holds nothing."""
    return "nothing" if value is None else repr(value)


def _neighbours(loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that would have been right where this one stands."""
    shape: type[_Shape] = DocumentShape
    if len(loc) == 1:
        shape = _File
    elif loc[0] in ("defaults", "gate"):
        shape = Defaults if loc[0] == "defaults" else Gate
    elif "RangeShape" in loc:
        shape = RangeShape
    elif "sources" in loc[:-1]:
        shape = SourceShape
    return tuple(entry.alias or name for name, entry in shape.model_fields.items())
