"""Addresses: of networks and units, safe in a file's name and different for different names; of a site on its host."""

from __future__ import annotations

import hashlib
import re
import urllib.parse

from builder.plan.catalogue.units import NetworkUnit

_CLEAN = re.compile(
    r"(?!(?:torchvision|timm)-|\.)(?:(?:torchvision|timm)/)?"
    r"[A-Za-z0-9_.]+(?:-[A-Za-z0-9_.]+)*(?:@[A-Za-z0-9_.]+)?"
)  # fmt: skip
_CLEAN_LAYER = re.compile(r"[A-Za-z0-9_.-]+")


def of_model(name: str) -> str:
    """Write a network's name: `torchvision/googlenet` becomes `torchvision-googlenet`.

    A name that another could be taken for gets some digits of its digest.
    """
    if _CLEAN.fullmatch(name) and "-at-" not in name:
        return safe(name)
    return f"{safe(name)}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def of_unit(text: str) -> str:
    """Write a unit: `mixed3b:17@4,5-` becomes `mixed3b-17-at-4-5-negative`.

    One that another could be taken for gets some digits of its digest.
    """
    positive, layer = text.removesuffix("-"), text.partition(":")[0]
    address = safe(positive) + ("-negative" if positive != text else "")
    if _CLEAN_LAYER.fullmatch(layer) and "-at-" not in layer:
        return address
    return f"{address}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def of_network_unit(named: NetworkUnit) -> str:
    """Give the first part of the names of a unit's files: `glyphs-mixed3b-17`."""
    return f"{of_model(named.network)}-{of_unit(str(named.unit))}"


def page_of(named: NetworkUnit) -> str:
    """Give the name of a unit's specimen page in the output folder."""
    return f"units/{of_model(named.network)}/{of_unit(str(named.unit))}.html"


def safe(text: str) -> str:
    """Write any text with letters, digits, points, lines and hyphens only."""
    return re.sub(r"[^A-Za-z0-9_.]+", "-", text.replace("@", "-at-")).lstrip("-.") or "x"


def identifier(text: str) -> str:
    """Write any text as it may stand in an `id`, as validators want it: letters, digits, lines and hyphens."""
    return safe(text).replace(".", "--")


def base(url: str) -> str:
    """Give the path at which a site stands on its host: "/lab/"; "" where it does not know its address."""
    return f"{urllib.parse.urlsplit(url).path.rstrip('/')}/" if url else ""
