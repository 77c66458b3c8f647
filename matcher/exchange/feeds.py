"""What public feeds have in common: their answers as XML or JSON, saved as hostile files or not."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from .errors import FileRefusedError
from .reading import Limits, read_table
from .tables import Table

Items = Sequence[Mapping[str, Any]]


def read_feed(
    data: bytes,
    filename: str,
    limits: Limits | None,
    xml_items: Callable[[bytes], Items],
    json_items: Callable[[bytes], Items],
    table: Callable[[Items, Limits], Table],
) -> Table:
    """XML or JSON as an API gives them; also CSV and XLSX with the same columns. Never raises for a
    bad file. The line of an error is the item's number."""
    limits = limits or Limits()
    try:
        if len(data) > limits.max_bytes:
            raise too_large(limits)
        if is_xml(data):
            return table(xml_items(data), limits)
        if filename.lower().endswith((".json", ".xml")):
            return table(json_items(data), limits)
    except FileRefusedError as refused:
        return Table("csv", (), (), errors=(refused.error,), fatal=True)
    return read_table(data, filename, limits)


def too_large(limits: Limits) -> FileRefusedError:
    size = limits.max_bytes / 1024 / 1024
    korean, english = f"파일이 {size:g} MB보다 큽니다", f"the file is larger than {size:g} MB"
    return FileRefusedError("too_large", korean, english)


def is_xml(data: bytes) -> bool:
    return data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def xml_root(data: bytes) -> Any:
    """The root element. Raises FileRefusedError, for a DTD or entities too."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        return ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise FileRefusedError(
            "xml_entities",
            "XML에 DTD나 엔티티가 있어 받지 않습니다",
            "XML with a DTD or entities is not taken",
        ) from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise FileRefusedError("xml", "XML 문법이 틀렸습니다", "not valid XML") from None


def outermost(root: Any, names: Collection[str]) -> list[Any]:
    """Elements of these names in the file's order. One inside another belongs to it: a file of
    nothing but nested ones would be read once for each of its layers."""
    found, waiting = [], [root]
    while waiting:
        each = waiting.pop()
        if each.tag in names:
            found.append(each)
        else:
            waiting.extend(reversed(each))
    return found


def loaded_json(data: bytes) -> Any:
    """Raises FileRefusedError."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FileRefusedError("json", "JSON 문법이 틀렸습니다", "not valid JSON") from None


def text_of(value: object) -> str:
    """Whatever stands in a field; a nested thing stands there as nothing."""
    return str(value) if isinstance(value, str | int | float) else ""


def shown(text: str) -> str:
    """As a page may repeat it: JSON can spell halves of characters, which no page can."""
    return "".join(each if each.isprintable() else " " for each in text)
