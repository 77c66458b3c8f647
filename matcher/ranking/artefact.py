"""Trained tables as one file of bytes: a JSON header and arrays in an npz, no object format.

The hash is checked before anything is parsed. A header says what the file is, for which features,
and with which scikit-learn it was trained; tables for other features are refused.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.ranking.tables import AdditiveTables, PairSteps, Steps

SCHEMA = "oreum-additive-tables/1"
MOST_BYTES = 1_000_000
MOST_UNPACKED = 20_000_000
"""A zip can promise a thousand times its size."""
_HEADER = "header"


class ArtefactError(ValueError):
    """The bytes are not the artefact they should be; nothing of them was used."""


@dataclass(frozen=True)
class Artefact:
    """`header` is free JSON (training window, seed, versions, calibration ...)."""

    header: dict[str, Any]
    tables: dict[str, AdditiveTables]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sealed(data: bytes) -> bytes:
    """As one file that carries its own hash: a line of text, then the archive."""
    return f"{SCHEMA} {digest(data)}\n".encode() + data


def unsealed(content: bytes) -> bytes:
    """Raises ArtefactError unless the hash in the first line is that of the rest."""
    seal, _, data = content.partition(b"\n")
    if seal != f"{SCHEMA} {digest(data)}".encode():
        raise ArtefactError("the file is not whole, or not one of ours")
    return data


def pack(header: Mapping[str, Any], tables: Mapping[str, AdditiveTables]) -> bytes:
    """The same content gives the same bytes. ValueError above `MOST_BYTES`."""
    arrays: dict[str, np.ndarray] = {}
    described = {}
    for name, each in sorted(tables.items()):
        described[name] = {
            "names": list(each.names),
            "pairs": [[pair.first, pair.second] for pair in each.pairs],
        }
        arrays |= _arrays(name, each)
    text = json.dumps({**header, "schema": SCHEMA, "tables": described}, sort_keys=True)
    arrays[_HEADER] = np.frombuffer(text.encode(), dtype=np.uint8)
    data = _zipped(arrays)
    if len(data) > MOST_BYTES:
        raise ValueError(f"the artefact has {len(data)} bytes, more than {MOST_BYTES}")
    return data


def unpack(data: bytes, expected: str | None = None) -> Artefact:
    """Raises ArtefactError. `expected` is the SHA-256 the registry knows."""
    if expected is not None and digest(data) != expected:
        raise ArtefactError("the hash is not the one recorded")
    if len(data) > MOST_BYTES:
        raise ArtefactError("too large")
    try:
        _refuse_bomb(data)
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            header = json.loads(bytes(stored[_HEADER]).decode())
            if header.get("schema") != SCHEMA:
                raise ArtefactError(f"unknown schema {header.get('schema')!r}")
            described = header.pop("tables")
            tables = {name: _tables(name, each, stored) for name, each in described.items()}
    except ArtefactError:
        raise
    except Exception as error:  # foreign bytes make parsers raise nearly anything
        raise ArtefactError(f"not readable: {error}") from error
    return Artefact(header, tables)


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
            raise ArtefactError("it would unpack to too much")


def _arrays(name: str, tables: AdditiveTables) -> dict[str, np.ndarray]:
    steps = tables.steps
    found = {
        f"{name}/base": np.array([tables.base]),
        f"{name}/counts": np.array([len(each.edges) for each in steps], dtype=np.int64),
        f"{name}/edges": np.concatenate([each.edges for each in steps] or [np.empty(0)]),
        f"{name}/values": np.concatenate([each.values for each in steps] or [np.empty(0)]),
        f"{name}/missing": np.array([each.missing for each in steps]),
        f"{name}/slopes": np.array([each.slope for each in steps]),
    }
    for number, pair in enumerate(tables.pairs):
        found[f"{name}/pair{number}/first"] = pair.first_edges
        found[f"{name}/pair{number}/second"] = pair.second_edges
        found[f"{name}/pair{number}/values"] = pair.values
    return found


def _tables(name: str, described: Mapping[str, Any], stored: Any) -> AdditiveTables:
    counts = stored[f"{name}/counts"]
    ends = np.cumsum(counts)
    edges = np.split(stored[f"{name}/edges"], ends[:-1])
    values = np.split(stored[f"{name}/values"], (ends + np.arange(1, len(counts) + 1))[:-1])
    parts = zip(
        edges,
        values,
        stored[f"{name}/missing"].tolist(),
        stored[f"{name}/slopes"].tolist(),
        strict=True,
    )
    pairs = tuple(
        PairSteps(
            int(first),
            int(second),
            stored[f"{name}/pair{number}/first"],
            stored[f"{name}/pair{number}/second"],
            stored[f"{name}/pair{number}/values"],
        )
        for number, (first, second) in enumerate(described["pairs"])
    )
    return AdditiveTables(
        tuple(str(each) for each in described["names"]),
        float(stored[f"{name}/base"][0]),
        tuple(Steps(*each) for each in parts),
        pairs,
    )


def _zipped(arrays: Mapping[str, np.ndarray]) -> bytes:
    # numpy's own savez stamps the time of writing, and the hash would change with it
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue())
    return out.getvalue()
