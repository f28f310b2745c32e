"""Networks that a site's own code makes: `module:function`, imported from the site's folder."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from figures.methods.assembly.blueprint import Blueprint, Source, per_channel
from figures.nearest import nearest
from figures.scripts import parsed
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

_INPUT_SIZE, _CHANNELS = 224, 3
#: Our own packages: never a site's, not even where a site lies in the folder of the tool.
_TOOL = ("figures", "builder")
_IMPORTING = threading.RLock()
#: Folder of the site, and digest of its code, that a module was last imported with.
_imported: dict[str, tuple[Path, str]] = {}


def read(base: str) -> str:
    """Return a factory, `module:function`."""
    return base if re.fullmatch(r"[\w.]+:[\w.]+", base) else ""


def names(site: Site) -> Sequence[str]:
    """List the tables of the site, whatever makes their networks."""
    return list(site.networks)


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how a site's factory makes a network; raises ValueError where there is none.

    Sizes and norms that the site's table leaves out are 224 px, 3 channels, mean 0 and spread 1.
    """
    channels = spec.channels or _CHANNELS
    return Blueprint(
        build=functools.partial(_made, spec),
        input_size=spec.input_size or _INPUT_SIZE,
        channels=channels,
        mean=per_channel(spec.mean or (0.0,), channels, spec, "mean"),
        std=per_channel(spec.std or (1.0,), channels, spec, "std"),
        classes=spec.classes,
        file=spec.file,
        drawn_by_itself=True,
        code=_digest(spec),
    )


def _digest(spec: NetworkSpec) -> str:
    """Digest the module of a factory, and all modules of the site that it imports."""
    module = spec.factory.partition(":")[0]
    found = _found(spec)
    if module not in found:
        known = [path.stem for path in _root(spec).glob("*.py")]
        raise ValueError(f"{spec.name}: no module {module!r} in {_root(spec)}{nearest(module, known)}")
    return hashlib.sha256(b"\0".join(name.encode() + found[name].read_bytes() for name in sorted(found))).hexdigest()


def _found(spec: NetworkSpec) -> dict[str, Path]:
    """Return the files of the site that a factory needs, by the name of the module."""
    return dict(_files(_root(spec), spec.factory.partition(":")[0], set()))


def _root(spec: NetworkSpec) -> Path:
    return (spec.root or Path.cwd()).absolute()


def _files(root: Path, module: str, seen: set[str]) -> Iterator[tuple[str, Path]]:
    """Yield a module below a folder, the packages around it, and what they import from there, with their files."""
    package, _, _ = module.rpartition(".")
    if not module or module in seen or module.partition(".")[0] in _TOOL:
        return
    seen.add(module)
    yield from _files(root, package, seen)
    base = root.joinpath(*module.split("."))
    path = next((one for one in (base.with_suffix(".py"), base / "__init__.py") if one.is_file()), None)
    if path is None:
        return
    yield module, path
    for name in _imports(path, module if path.name == "__init__.py" else package):
        yield from _files(root, name, seen)


def _imports(path: Path, package: str) -> Iterator[str]:
    try:
        tree = parsed(path)
    except SyntaxError as error:
        raise ValueError(f"{path}:{error.lineno}: not valid Python: {error.msg}") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _made(spec: NetworkSpec) -> nn.Module:
    """Call a factory; raises ValueError where it is not there, fails, or makes no network."""
    from torch import nn
    from torch.jit import ScriptModule

    name, _, function = spec.factory.partition(":")
    with _IMPORTING, _importable(_root(spec)):
        module = _module(spec, name)
        if not callable(getattr(module, function, None)):
            known = [one for one in vars(module) if callable(getattr(module, one))]
            raise ValueError(f"{name} has no function {function!r}{nearest(function, known)}")
        try:
            network = getattr(module, function)()
        except Exception as error:
            raise ValueError(f"{spec.factory} failed: {type(error).__name__}: {error}") from error
    if not isinstance(network, nn.Module):
        raise ValueError(f"{spec.factory} returned {type(network).__name__}; expected a torch.nn.Module")
    if isinstance(network, ScriptModule):
        raise ValueError(f"{spec.factory} returned TorchScript, whose layers cannot be read; expected torch.nn")
    return _usable(_unwrapped(network), spec).float()


def _usable(network: nn.Module, spec: NetworkSpec) -> nn.Module:
    """Give a network that waits for its first image one; raises ValueError for one that cannot be looked into."""
    import torch
    from torch.nn.parameter import UninitializedParameter

    kinds = {type(module).__module__ for module in network.modules()}
    if any("quantized" in kind for kind in kinds):
        raise ValueError(f"{spec.factory} returned a quantised network; expected one of floats")
    if any(kind.startswith("torch.export") for kind in kinds) or not _is_evaluable(network):
        raise ValueError(f"{spec.factory} returned an exported program, whose layers cannot be read; expected torch.nn")
    if any(isinstance(one, UninitializedParameter) for one in network.parameters()):
        size, channels = spec.input_size or _INPUT_SIZE, spec.channels or _CHANNELS
        with torch.no_grad():
            network.eval()(torch.zeros(1, channels, size, size))
    made = torch.empty(0).device.type
    if made != "meta" and any(one.is_meta for one in network.parameters()):
        raise ValueError(f"{spec.factory} returned a network without numbers, on the meta device; make it on the cpu")
    return network


def _is_evaluable(network: nn.Module) -> bool:
    try:
        network.eval()
    except NotImplementedError:
        return False
    return True


def _unwrapped(network: nn.Module) -> nn.Module:
    """Take a network out of what spreads it over devices, averages or compiles it, and so hides its layers."""
    from torch import nn
    from torch.optim.swa_utils import AveragedModel

    wrapped: object = network
    if isinstance(network, nn.DataParallel | nn.parallel.DistributedDataParallel | AveragedModel):
        wrapped = network.module
    elif "_orig_mod" in network._modules:
        wrapped = network._modules["_orig_mod"]
    return network if wrapped is network or not isinstance(wrapped, nn.Module) else _unwrapped(wrapped)


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    """Let modules below a folder be imported, behind all that are installed."""
    sys.path.append(str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))


def _module(spec: NetworkSpec, name: str) -> ModuleType:
    """Import a site's module, anew where its code has changed or another site's has the same name."""
    now = _root(spec), _digest(spec)
    if _imported.get(name) != now:
        roots = {now[0], *(root for root, _ in _imported.values())}
        for other in _found(spec):
            if other in sys.modules and any(_below(sys.modules[other], root) for root in roots):
                del sys.modules[other]
        importlib.invalidate_caches()
    found = _import(name)
    if not _below(found, now[0]):
        raise ValueError(f"{name!r} is an installed module too, {found.__file__}; rename yours")
    _imported[name] = now
    return found


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise ValueError(f"{name} cannot be imported: {type(error).__name__}: {error}") from error


def _below(module: ModuleType, root: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).absolute().is_relative_to(root)


def _code(spec: NetworkSpec) -> tuple[str, str]:
    module, _, function = spec.factory.partition(":")
    return module, function


SOURCE = Source("Of this site", read, blueprint, names, pattern="module:function of the site", tabled=True, code=_code)
