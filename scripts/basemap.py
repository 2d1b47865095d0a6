"""Write the base map of the reports and the workbench.

    .venv/bin/python scripts/basemap.py [--package world-atlas.tgz] [--plot map.png]

Reads Natural Earth country polygons (version 4.1, public domain) from the npm package
`world-atlas`, which `npm pack` brings, and writes `src/amberway/report/basemap.geojson`:
one GeoJSON collection with two layers that a map draws one at a time.

* `theatre`: 12° W to 40° E, 41° N to 71.5° N, from the 1:10 million data;
* `atlantic`: 100° W to 40° E, 25° N to 72° N, from the 1:50 million data, coarse.

Each feature has `layer`, `iso` (ISO 3166-1 alpha-3; XKX for Kosovo) and `name`. Lines are
simplified before polygons are built from them, so neighbours keep one common border.

Natural Earth draws lines of control. This map follows the lines that the United Nations
General Assembly recognises (resolution 68/262 for Crimea) where the two differ in its
extent: Crimea is part of Ukraine, the north of Cyprus part of Cyprus.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

PACKAGE = "world-atlas@2.0.2"
TARGET = Path(__file__).parents[1] / "src/amberway/report/basemap.geojson"
ROUNDING_DEG = 0.001
KM_PER_DEG = 111.2

# ISO 3166-1 numeric → alpha-3, for every country within the two layers.
ISO = dict(
    pair.split(":")
    for pair in """
    008:ALB 012:DZA 020:AND 031:AZE 040:AUT 044:BHS 051:ARM 056:BEL 060:BMU 070:BIH 100:BGR
    112:BLR 124:CAN 191:HRV 192:CUB 196:CYP 203:CZE 208:DNK 818:EGY 233:EST 234:FRO 246:FIN
    248:ALA 250:FRA 268:GEO 275:PSE 276:DEU 292:GIB 300:GRC 304:GRL 831:GGY 832:JEY 833:IMN
    336:VAT 348:HUN 352:ISL 364:IRN 368:IRQ 372:IRL 376:ISR 380:ITA 400:JOR 414:KWT 422:LBN
    428:LVA 434:LBY 438:LIE 440:LTU 442:LUX 470:MLT 478:MRT 484:MEX 492:MCO 498:MDA 499:MNE
    504:MAR 528:NLD 578:NOR 616:POL 620:PRT 642:ROU 643:RUS 666:SPM 674:SMR 682:SAU 688:SRB
    703:SVK 705:SVN 724:ESP 732:ESH 744:SJM 752:SWE 756:CHE 760:SYR 788:TUN 792:TUR 804:UKR
    807:MKD 826:GBR 840:USA
    """.split()
)
# Features without a code of their own, by Natural Earth's name.
UNCODED = {
    "Kosovo": "XKX",
    "N. Cyprus": "CYP",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Dhekelia": "GBR",
    "Akrotiri": "GBR",
}
NAMES = {
    "BIH": "Bosnia and Herzegovina",
    "CYP": "Cyprus",
    "CZE": "Czechia",
    "ESH": "Western Sahara",
    "FRO": "Faroe Islands",
    "GBR": "United Kingdom",
    "MKD": "North Macedonia",
    "SPM": "Saint Pierre and Miquelon",
    "USA": "United States",
    "ALA": "Åland",
}
CRIMEA = box(32.3, 44.3, 36.75, 46.3)


@dataclass(frozen=True)
class Layer:
    """One level of detail."""

    name: str
    file: str
    west: float
    south: float
    east: float
    north: float
    tolerance_km: float
    smallest_km2: float

    @property
    def frame(self) -> Polygon:
        return box(self.west, self.south, self.east, self.north)

    @property
    def narrowing(self) -> float:
        """Length of a degree of longitude over one of latitude, at mid-latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))


LAYERS = (
    Layer("atlantic", "countries-50m.json", -100, 25, 40, 72, 8.0, 150.0),
    Layer("theatre", "countries-10m.json", -12, 41, 40, 71.5, 0.5, 3.0),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--package", type=Path, help="a world-atlas .tgz; npm brings it otherwise")
    parser.add_argument("--plot", type=Path, help="also draw both layers into this picture")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        package = options.package or fetch(Path(folder))
        features = [
            feature for layer in LAYERS for feature in build(layer, read(package, layer.file))
        ]
    write(features)
    print(f"{TARGET.name}: {len(features)} features, {TARGET.stat().st_size / 1000:.0f} kB")
    if options.plot:
        plot(features, options.plot)


def fetch(folder: Path) -> Path:
    """Bring the package with npm, as npm is set up on this machine."""
    subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True
    )
    return next(folder.glob("*.tgz"))


def read(package: Path, name: str) -> dict[str, Any]:
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            raise FileNotFoundError(f"{name} in {package}")
        topology: dict[str, Any] = json.load(member)
    return topology


def build(layer: Layer, topology: dict[str, Any]) -> list[dict[str, Any]]:
    """The features of one layer: decoded, simplified, clipped, rounded, sorted by code."""
    arcs = [simplify(arc, layer) for arc in decode_arcs(topology)]
    countries: dict[str, BaseGeometry] = {}
    names: dict[str, str] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        shape = polygons(geometry, arcs).intersection(layer.frame)
        if shape.is_empty:
            continue
        name = geometry["properties"]["name"]
        iso = ISO[geometry["id"]] if "id" in geometry else UNCODED[name]
        names.setdefault(iso, NAMES.get(iso, name))
        countries[iso] = countries[iso].union(shape) if iso in countries else shape
    move_crimea(countries)

    features = []
    for iso in sorted(countries):
        shape = finish(countries[iso], layer)
        if not shape.is_empty:
            features.append(
                {
                    "type": "Feature",
                    "properties": {"layer": layer.name, "iso": iso, "name": names[iso]},
                    "geometry": to_geojson(shape),
                }
            )
    return features


def decode_arcs(topology: dict[str, Any]) -> Iterable[np.ndarray]:
    """TopoJSON arcs (quantised, delta-encoded) as arrays of (lon, lat)."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        yield np.cumsum(np.asarray(arc, dtype=float), axis=0) * scale + translate


def simplify(arc: np.ndarray, layer: Layer) -> np.ndarray:
    """Douglas–Peucker with the tolerance in kilometres; both ends stay."""
    stretch = np.array([layer.narrowing, 1.0])
    line = shapely.linestrings(arc * stretch)
    line = shapely.simplify(line, layer.tolerance_km / KM_PER_DEG, preserve_topology=False)
    simple: np.ndarray = shapely.get_coordinates(line) / stretch
    return simple


def polygons(geometry: dict[str, Any], arcs: list[np.ndarray]) -> BaseGeometry:
    """A TopoJSON (multi)polygon; rings that simplification made flat are left out."""
    groups = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    parts = []
    for group in groups:
        shell, *holes = [ring(indices, arcs) for indices in group]
        if len(shell) > 3:
            parts.append(Polygon(shell, [hole for hole in holes if len(hole) > 3]))
    return shapely.union_all(shapely.make_valid(np.array(parts, dtype=object)))


def ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join arcs end to end; ~i stands for arc i backwards (TopoJSON, section 2.1.4).

    A ring that crosses 180° goes on beyond it instead of jumping to the other edge of the map.
    """
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    joined = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    joined[:, 0] = np.unwrap(joined[:, 0], period=360)
    joined[:, 0] -= 360 * np.round(joined[:, 0].mean() / 360)
    return joined


def move_crimea(countries: dict[str, BaseGeometry]) -> None:
    parts = shapely.get_parts(countries["RUS"])
    within = shapely.within(parts, CRIMEA)
    if not within.any():
        raise ValueError("no part of RUS lies within the frame of Crimea: the data has changed")
    countries["RUS"] = shapely.union_all(parts[~within])
    countries["UKR"] = shapely.union_all([countries["UKR"], *parts[within]])


def finish(shape: BaseGeometry, layer: Layer) -> MultiPolygon:
    """Round to the grid without breaking validity, drop specks, turn rings as RFC 7946 asks."""
    snapped = shapely.set_precision(shape, ROUNDING_DEG)
    parts = shapely.get_parts(snapped)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    km2 = shapely.area(parts) * layer.narrowing * KM_PER_DEG**2
    keep = km2 >= min(layer.smallest_km2, float(km2.max(initial=0.0)))  # a small state stays
    return shapely.orient_polygons(MultiPolygon(list(parts[keep])))


def to_geojson(shape: MultiPolygon) -> dict[str, Any]:
    coordinates = [
        [
            [[round(x, 3), round(y, 3)] for x, y in line.coords]
            for line in (part.exterior, *part.interiors)
        ]
        for part in shape.geoms
    ]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def write(features: list[dict[str, Any]]) -> None:
    """One feature a line, so that a change shows country by country."""
    header = {
        "title": "Base map of Amberway: theatre and North Atlantic",
        "source": "Natural Earth 4.1 (naturalearthdata.com), through the npm package world-atlas",
        "licence": "public domain",
        "layers": {
            layer.name: [layer.west, layer.south, layer.east, layer.north] for layer in LAYERS
        },
    }
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    lines = ",\n".join(json.dumps(feature, **compact) for feature in features)  # type: ignore[arg-type]
    text = (
        f'{{"type":"FeatureCollection",\n"properties":{json.dumps(header, **compact)},\n'  # type: ignore[arg-type]
        f'"features":[\n{lines}\n]}}\n'
    )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    beside = TARGET.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(TARGET)


def plot(features: list[dict[str, Any]], picture: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.collections import PolyCollection

    figure, axes = plt.subplots(1, 2, figsize=(20, 10))
    for panel, layer in zip(axes, LAYERS, strict=True):
        rings = [
            part[0]
            for feature in features
            if feature["properties"]["layer"] == layer.name
            for part in feature["geometry"]["coordinates"]
        ]
        panel.add_collection(
            PolyCollection(rings, facecolor="#eee8d8", edgecolor="#666", linewidth=0.4)
        )
        panel.set(
            xlim=(layer.west, layer.east),
            ylim=(layer.south, layer.north),
            aspect=1 / layer.narrowing,
            title=layer.name,
            facecolor="#dbe7f0",
        )
    figure.tight_layout()
    figure.savefig(picture, dpi=80)


if __name__ == "__main__":
    main()
