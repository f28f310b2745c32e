from pathlib import Path

import pytest

from builder import settings
from builder.errors import UsageError


def load(folder: Path, text: str) -> settings.Settings:
    (folder / "pyproject.toml").write_text(text)
    return settings.load(folder)


FULL = """
[tool.microscribe]
engine = "dask"
workers = 4
dask = "tcp://head:8786"
precision = "bfloat16"
remote = "s3://bucket/site"
store = "s3://bucket/store"

[tool.microscribe.models.mine]
factory = "mynet:build"
weights = "checkpoints/net.safetensors"
mean = [0.5, 0.5, 0.5]
aliases = { early = "features.0" }

[tool.microscribe.models.mine2]
factory = "torchvision/resnet18"
weights = "none"

[tool.microscribe.datasets.photos]
path = "data/photos"
"""


def test_all_settings_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, FULL)
    assert (found.engine, found.workers, found.dask, found.precision) == ("dask", 4, "tcp://head:8786", "bfloat16")
    assert (found.remote, found.store) == ("s3://bucket/site", "s3://bucket/store")
    assert found.models["mine"]["weights"] == "checkpoints/net.safetensors"
    assert found.datasets == {"photos": {"path": "data/photos"}}


@pytest.mark.parametrize(
    ("store", "folder"),
    [("s3://bucket/store", ".microscribe"), ("file:///mnt/shared", ".microscribe"), ("kept/here", "kept/here")],
)
def test_what_stays_on_this_machine_has_a_folder(tmp_path: Path, store: str, folder: str) -> None:
    found = load(tmp_path, f"[tool.microscribe]\nstore = '{store}'\n")
    assert found.store_folder == tmp_path / folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("engin = 'local'", "no setting 'engin' in [tool.microscribe]; did you mean 'engine'?"),
        ("engine = 'process'", "engine = 'process'; did you mean 'processes'?; expected one of local, processes, dask"),
        ("precision = 'bf16'", "precision = 'bf16'; did you mean 'bfloat16'?; expected one of"),
        ("specimens = 'al'", "specimens = 'al'; did you mean 'all'?; expected one of mentioned, all"),
        ("workers = '4'", "'workers' in [tool.microscribe] must be a whole number, not '4'"),
        ("workers = true", "'workers' in [tool.microscribe] must be a whole number, not True"),
        ("output = '.'", "output = '.' holds the site itself; expected a folder of its own"),
        ("output = '..'", "output = '..' holds the site itself"),
        ("output = ' '", "output = ' ': expected the name of a folder"),
        ("output = 'articles/site'", "output = 'articles/site' and articles = 'articles' lie one in the other"),
        ("store = 'site/kept'", "output = 'site' and store = 'site/kept' lie one in the other"),
        ("store = 'pyproject.toml/kept'", "store = 'pyproject.toml/kept': "),
        ("store = 's3://'", "store = 's3://': the address is not whole"),
        ('templates = "a\\u0000"', "templates = 'a\\x00': it has a character that no folder's name may have"),
        ("url = 'javascript:x'", "url = 'javascript:x'; expected where readers find the site"),
        ("url = 'https://ada:secret@example.org'", "url = 'https://ada:secret@example.org'; expected"),
        ("url = 'https://example.org/?a'", "url = 'https://example.org/?a'; expected"),
        ("repository = 'data:x'", "repository = 'data:x'; expected an address such as"),
        ("budget_kb = -1", "budget_kb = -1; expected what a page may weigh"),
        ("workers = -1", "workers = -1; expected the number of processes, or 0 to choose"),
        ("models = 'mine'", "'models' in [tool.microscribe] must be a table of tables, not 'mine'"),
        ("[tool.microscribe.models.mine]\nfactory = 'm:f'\nwieghts = 'x.pt'", "[tool.microscribe.models.mine]: no setting 'wieghts'; did you mean 'weights'?"),
        ("[tool.microscribe.models.mine]\nweights = 'x.pt'", "[tool.microscribe.models.mine]: no factory; expected module:function"),
        ("[tool.microscribe.models]\nmine = 3", "[tool.microscribe.models.mine]: 3; expected a table"),
        ("[tool.microscribe.models.glyphs]\nfactory = 'm:f'", "[tool.microscribe.models.glyphs]: 'glyphs' is the name of an embedded network"),
        ("[tool.microscribe.datasets.photos]\npath = 'x'\nkimd = 'csv'", "[tool.microscribe.datasets.photos]: no setting 'kimd'; did you mean 'kind'?"),
        ("[tool.microscribe.datasets.photos]\nkind = 'csv'", "[tool.microscribe.datasets.photos]: no path"),
    ],
)  # fmt: skip
def test_a_wrong_setting_names_its_file_its_key_and_the_nearest(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, f"[tool.microscribe]\n{text}\n")
    assert str(error.value).startswith(f"{tmp_path / 'pyproject.toml'}: {message}")


def test_a_site_is_found_from_inside_and_its_absence_said(tmp_path: Path) -> None:
    load(tmp_path, "[tool.microscribe]\n")
    inner = tmp_path / "articles" / "one"
    inner.mkdir(parents=True)
    assert settings.load(inner).root == tmp_path
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    with pytest.raises(UsageError, match="no pyproject.toml with a"):
        settings.load(inner)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tool = 3", "no pyproject.toml with a [tool.microscribe] table"),
        ("[tool]\nmicroscribe = 3", "expected a table [tool.microscribe], not 3"),
        ("[[tool.microscribe]]\ntitle = 'x'", "expected a table [tool.microscribe], not a list"),
        (f"x = {'[' * 3000}{']' * 3000}", "lists within lists"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, text)
    assert told in str(error.value)


def test_addresses_of_sites_and_repositories_are_taken_as_they_are_written(tmp_path: Path) -> None:
    for url in ("https://example.org", "http://localhost:8000/lab/"):
        assert load(tmp_path, f"[tool.microscribe]\nurl = '{url}'\n").url == url
    for repository in (
        "https://github.com/ada/atlas.git",
        "git@github.com:ada/atlas.git",
        "ssh://git@example.org/atlas",
    ):
        assert load(tmp_path, f"[tool.microscribe]\nrepository = '{repository}'\n").repository == repository
