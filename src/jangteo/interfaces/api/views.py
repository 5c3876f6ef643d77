"""The API's description as a page, made from its own schema; no script, no foreign server."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method; sends and answers are names of schemas, or "".

    asks: (name, type, required) of what may stand behind the "?" of the address.
    """

    method: str
    path: str
    summary: str
    text: str
    sends: str
    answers: str
    public: bool
    asks: tuple[tuple[str, str, bool], ...]

    @property
    def sends_name(self) -> str:
        """The schema's name alone."""
        return self.sends.strip("[]")

    @property
    def answers_name(self) -> str:
        """The schema's name alone."""
        return self.answers.strip("[]")


def docs(request: HttpRequest) -> HttpResponse:
    """Every address of the API, by subject."""
    schema = _schema(request)
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, found in methods.items():
            tag = (found.get("tags") or ["platform"])[0]
            groups.setdefault(tag, []).append(_operation(path, method, found))
    shapes = {name: _fields(body) for name, body in schema["components"]["schemas"].items()}
    context = {"groups": groups, "shapes": shapes, "about": schema["info"]["description"]}
    return render(request, "api/docs.html", context)


def _schema(request: HttpRequest) -> dict[str, Any]:
    view = resolve("/api/v1/openapi.json").func
    api = view.keywords["api"]
    schema: dict[str, Any] = api.get_openapi_schema()
    return schema


def _operation(path: str, method: str, found: dict[str, Any]) -> Operation:
    body = found.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = next(iter(found["responses"].values()), {}).get("content", {})
    answer = next(iter(answers.values()), {}).get("schema", {})
    return Operation(
        method.upper(), path, found.get("summary", ""), found.get("description", ""),
        _name(body.get("schema", {})), _name(answer),
        method == "get" or not found.get("security"), _asks(found.get("parameters", [])),
    )  # fmt: skip


def _asks(parameters: list[dict[str, Any]]) -> tuple[tuple[str, str, bool], ...]:
    found = [one for one in parameters if one["in"] == "query"]
    return tuple((one["name"], _type(one["schema"]), one.get("required", False)) for one in found)


def _name(schema: dict[str, Any]) -> str:
    """The schema's name; a list of them is written "[Name]"."""
    if schema.get("type") == "array":
        return f"[{_name(schema['items'])}]"
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _fields(body: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """(name, type, required) of a schema's fields."""
    required = set(body.get("required", []))
    found = []
    for name, field in body.get("properties", {}).items():
        found.append((name, _type(field), name in required))
    return found


def _type(field: dict[str, Any]) -> str:
    """A field's type in a word: "integer | null", "[LeafOut]" for a list of them."""
    return " | ".join(_one(kind) for kind in field.get("anyOf", [field]))


def _one(kind: dict[str, Any]) -> str:
    if kind.get("type") == "array":
        return f"[{_type(kind.get('items', {}))}]"
    return str(kind.get("format") or kind.get("type") or _name(kind) or "any")
