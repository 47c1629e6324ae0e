"""The application's OpenAPI, completed by what its routes read themselves: forms, JSON, and the heads of tus."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from config.known import known_recipes
from models.coaching import Stage
from models.fact import FactKind
from models.person import Role
from models.review import SendBackReason
from models.suggestion import Question
from tests.web.ingest.told import aws, enveloped, minio, uploaded
from web.console.form import URLENCODED
from web.console.stroke_routes import StrokesKept, StrokesTried
from web.console.tus import MEDIA_TYPE, VERSION
from web.console.words_sent import WordsSent
from web.ingest.cloud_event import STRUCTURED
from web.ingest.listing_event import TYPE

Shape = dict[str, Any]
Known = Mapping[str, Sequence[str]]
"""What may be said, by the name of a part of an address, a head or a field."""
CHANGES = frozenset({"post", "patch", "delete"})
LISTING = "/sellers/{seller}/listings/{listing}"
FORMS: dict[str, tuple[str, ...]] = {
    "/language": ("language", "next"),
    "/sign-in": ("name", "password", "next"),
    "/sign-out": (),
    "/welcome/{secret}": ("password", "again"),
    "/people": ("name", "role", "centre"),
    "/people/{name}/link": (),
    "/people/{name}/role": ("role", "centre"),
    "/people/{name}/open": (),
    "/people/{name}/close": (),
    "/sellers/new": ("key", "name", "village", "shop", "centre", "consent", "marketplace.shopee"),
    "/sellers/{folder}/products": ("product",),
    "/sellers/{folder}/links": ("listing", "replaces"),
    "/sellers/{folder}/links/withdraw": ("listing",),
    "/sellers/{folder}/note": ("listing", "seen", "words", "price"),
    f"{LISTING}/answer": ("question", "about", "value"),
    f"{LISTING}/approve": ("version", "next"),
    f"{LISTING}/send-back": ("version", "reason", "word", "next"),
    f"{LISTING}/takes": ("file", "sha256"),
    f"{LISTING}/photo-order": ("file", "place"),
    f"{LISTING}/recipe": ("recipe", "everywhere"),
    f"{LISTING}/coach": ("instead_of",),
    f"{LISTING}/coach/end": (),
    **{
        f"{place}/{what}": fields
        for place in (f"{LISTING}/coach", "/coach/{invitation}")
        for what, fields in (
            ("words", ("name", "word", "key", "photo", "stage", "across", "down")),
            ("turn", ("photo", "stage")),
        )
    },
    "/operations/listings/retry": ("seller", "listing"),
    "/operations/listings/retry-all": (),
    "/operations/publications/retry": ("seller", "listing"),
    "/operations/deliveries/retry": ("number",),
}
"""The fields of each form, by where it is sent."""
MODELS: dict[str, type[BaseModel]] = {
    f"{LISTING}/words": WordsSent,
    f"{LISTING}/photos/{{sha256}}/strokes": StrokesKept,
    f"{LISTING}/photos/{{sha256}}/strokes/preview": StrokesTried,
}
CLOUD_EVENT = {"specversion": "1.0", "id": "1", "source": "s", "type": TYPE, "time": "2026-11-24T03:12:30Z"}
EVENTS: dict[str, Shape] = {
    "/ingest/listing": {"enum": [uploaded(), uploaded(listing="kain", note={"words": "Kain", "price": 1})]},
    "/ingest/s3": {"enum": [{"Records": [aws()]}, minio(), enveloped({"Records": [aws()]})]},
    "/ingest/cloudevents": {"enum": [CLOUD_EVENT | {"data": uploaded()["data"]}, CLOUD_EVENT | {"data": {}}]},
}
HEADS = ("upload-length", "upload-offset", "upload-metadata", "x-http-method-override")
WORDS = {
    "language": ("id", "en"),
    "next": ("/", "/sellers", "//elsewhere.example", "https://elsewhere.example/"),
    "role": tuple(Role),
    "reason": tuple(SendBackReason),
    "question": tuple(Question),
    "about": tuple(FactKind),
    "version": ("1", "9" * 30),
    "place": ("1", "2", "0", "9" * 30),
    "number": ("1", "0", "9" * 18, "9" * 30),
    "price": ("45000", "Rp 45.000", "9" * 30),
    "after": tuple(
        f"{moment}~{number}"
        for moment in ("2026-11-24T03:12:30+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        for number in (1, 10**12)
    ),
    "recipe": (*known_recipes(), "no-such-recipe"),
    "stage": tuple(Stage),
    "across": ("0.5",),
    "down": ("0.25",),
    "key": ("kunci-12345",),
    "instead_of": ("0", "9" * 30),
    "done": ("publications",),
    "called": ("no_server",),
    "x-http-method-override": ("HEAD", "PATCH", "DELETE"),
}
"""What may be said whatever there is."""


def describe(app: FastAPI, known: Known | None) -> Shape:
    """Return the description: with ``known`` every name is of something that there is, else it is any text.

    Raises KeyError for a route that changes something and of which nothing is known here.
    """
    described = deepcopy(app.openapi())
    values = {} if known is None else {**WORDS, **known}
    shapes = described.setdefault("components", {}).setdefault("schemas", {})
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            names = [(each["name"], each["in"]) for each in operation.get("parameters", ())]
            names += [(part, "path") for part in _parts(path) if (part, "path") not in names]
            if "/uploads" in path:
                names += [(head, "header") for head in HEADS]
            given = [_parameter(name, where, values) for name, where in names]
            if "/uploads" in path:
                given.append(_parameter("tus-resumable", "header", {"tus-resumable": (VERSION,)}))
            operation["parameters"] = given
            if method in CHANGES and FORMS.get(path, True):
                media_type, shape = _body(path, values, shapes)
                operation["requestBody"] = {"required": bool(values), "content": {media_type: {"schema": shape}}}
    return described


def _parts(path: str) -> Iterable[str]:
    return (part[1:-1] for part in path.split("/") if part.startswith("{"))


def _parameter(name: str, where: str, values: Known) -> Shape:
    return {
        "name": name,
        "in": where,
        "required": where == "path" or name in values,
        "schema": _text(name, values),
    }


def _text(name: str, values: Known) -> Shape:
    return {"enum": list(values[name])} if name in values else {"type": "string"}


def _body(path: str, values: Known, shapes: Shape) -> tuple[str, Shape]:
    """Return what is sent there, and as what; a model's parts are put into ``shapes``."""
    if "/uploads" in path:
        return MEDIA_TYPE, {"type": "string"}
    if path in EVENTS:
        media_type = STRUCTURED if path == "/ingest/cloudevents" else "application/json"
        return media_type, EVENTS[path] if values else {}
    if path in MODELS:
        shape = MODELS[path].model_json_schema(ref_template="#/components/schemas/{model}")
        shapes.update(shape.pop("$defs", {}))
        return "application/json", shape
    fields = FORMS[path]
    said = {**values, **WORDS} if values else {}
    shape = {"type": "object", "properties": {field: _text(field, said) for field in fields}}
    return URLENCODED, {**shape, "required": list(fields)} if values else shape
