"""What names mean on a site, wherever it lies."""

from pathlib import Path

from tests.builder.plan.catalogue.sample import Describer, factory, open_catalogue


def test_a_card_made_on_one_machine_serves_a_site_that_lies_elsewhere(tmp_path: Path) -> None:
    keys = []
    for root in (tmp_path / "there", tmp_path / "here"):
        (root / "checkpoints").mkdir(parents=True)
        factory(root, "1")
        (root / "mylayers.py").write_text("WIDTH = 1\n")
        tables = {"mine": {"factory": "mynet:build", "weights": "checkpoints/net.pt"}}
        catalogue = open_catalogue(root, Describer(sha256="0", kind="file", file=str(root / "net.pt")), tables)
        catalogue.model("mine")
        keys.append(catalogue.used)
    assert keys[0] == keys[1]
