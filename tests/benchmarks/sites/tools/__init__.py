"""The generators that are measured, one a file."""

from tests.benchmarks.sites.tools.eleventy import ELEVENTY
from tests.benchmarks.sites.tools.hugo import HUGO
from tests.benchmarks.sites.tools.jekyll import JEKYLL
from tests.benchmarks.sites.tools.libraries import LIBRARIES
from tests.benchmarks.sites.tools.microscribe import MICROSCRIBE
from tests.benchmarks.sites.tools.mkdocs import MKDOCS
from tests.benchmarks.sites.tools.pelican import PELICAN
from tests.benchmarks.sites.tools.sphinx import SPHINX

PEERS = {tool.name: tool for tool in (ELEVENTY, HUGO, PELICAN, MKDOCS, SPHINX, JEKYLL, LIBRARIES)}
TOOLS = {MICROSCRIBE.name: MICROSCRIBE, **PEERS}
