"""The language of a code block is misspelt.

Of ` ```pyhton ` no highlighter knows what to do: the code is shown in one colour, and nobody says why. Reported is only what
is a slip away from a language that Marp can colour (highlight.js); what is like none of them (`mermaid`, `termout`) is somebody's
own, and so are the languages that other highlighters know.

````deck bad 3:4-3:10
# 训练

```pyhton
model.fit(x, y)
```
````

````deck fixed
# 训练

```python
model.fit(x, y)
```
````

````deck bad 3:4-3:13 7:4-7:9
# Web

```javscript {.line-numbers}
fetch("/");
```

~~~yamll
a: 1
~~~
````

````deck good
# Known or somebody's own

```Python
```

```mermaid
```

```termout
```

```python=12
```

```svelte
```

```code
```

    ```pyhton
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from decklint.deck.nodes import CodeBlock
from decklint.findings import Edit, Finding, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_MISSPELT = Template('no highlighter knows "{written}": "{right}" is meant', "没有高亮器认识“{written}”：应为“{right}”")
_FIX = Template('write "{right}"', "改为“{right}”")
_INFO = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*([^\s`]+)")
_NAME = re.compile(r"[A-Za-z]+")  # `python3` and `objective-c` are no slips
_SHORTEST = 4  # letters: shorter names are one slip away from each other

# Names and aliases of highlight.js 11.12 (https://github.com/highlightjs/highlight.js), which colours the code of Marp.
_LANGUAGES = """
    1c abnf accesslog actionscript ada ado adoc ahk angelscript apache apacheconf applescript arcade arduino arm armasm as asc
    asciidoc aspectj atom autohotkey autoit avrasm awk axapta bash basic bat batch bf bind bnf brainfuck c c# c++ cal capnp
    capnproto cc ceylon cjs clean clj clojure clojure-repl cls cmake cmake.in cmd coffee coffeescript console coq cos cpp cr
    craftcms crm crmsh crystal cs csharp cson csp css cts cxx d dart dcl delphi desktop dfm diff django dns do docker
    dockerfile dos dpr dsconfig dst dts dust ebnf edn elixir elm erb erl erlang erlang-repl ex excel exs f# f90 f95 feature
    fix flix fortran freedesktop fs fsharp gams gauss gcode gemspec gherkin glsl gml gms go golang golo gql gradle graph
    graphql groovy gss gyp h h++ haml handlebars haskell haxe hbs hh hpp hs hsp html html.handlebars html.hbs htmlbars http
    https hx hxx hy hylang i7 iced icl inform7 ini ino instances ipython irb irpf90 isbl java javascript jboss-cli jinja
    jldoctest js json json5 jsonc jsp jsx julia julia-repl k kdb kotlin kt ktm kts ktx lasso lassoscript latex ldif leaf less
    lisp livecodeserver livescript llvm ls lsl lua m mak make makefile markdown mathematica matlab maxima md mel mercury
    mikrotik mips mipsasm mizar mjs mk mkd mkdown ml mm mma mojolicious monkey moo moon moonscript mts n1ql nc nestedtext
    nginx nginxconf nim nix nixos node-repl nsis nt obj-c obj-c++ objc objective-c++ objectivec ocaml openscad osascript
    oxygene p21 parser3 pas pascal patch pb pbi pcmk pde perl pf pf.conf pgsql php php-template pl plaintext plist pluto pm
    podspec pony postgres postgresql powershell pp processing profile prolog properties proto protobuf ps ps1 puppet purebasic
    pwsh py pycon python python-repl q qml qt r rb re reasonml rib roboconf routeros rs rsl rss ruby ruleslanguage rust sas
    scad scala scheme sci scilab scm scss sh shell shellsession smali smalltalk sml sqf sql st stan stanfuncs stata step
    step21 stp styl stylus subunit sv svg svh swift systemd taggerscript tao tap tcl tex text thor thrift tk toml tp ts tsx
    twig txt typescript v vala vb vbnet vbs vbscript vbscript-html verilog vhdl vim wasm wildfly-cli wl wren wsf x++ x86asm
    xhtml xjb xl xls xlsx xml xpath xq xqm xquery xsd xsl yaml yml zep zephir zone zsh
"""
# What other highlighters know and what authors call their blocks, as far as it is one slip away from a name above.
_OTHERS = """
    bath code dpatch elisp felix gherkins gsql hjson javap jproperties jshell jsonl lean lhaskell list maker objectivej pearl
    procfile psql qbasic rconsole rhtml rusty sbatch schema shelly steps styles typoscript udiff wdiff
"""
_KNOWN = frozenset(_LANGUAGES.split())
_SILENT = frozenset(_OTHERS.split())


@rule("TM011", "code-language-misspelt", severity="info", since="0.1", zh="代码块的语言名拼错。")
def check(context: Context) -> Iterator[Finding]:
    for block in context.of_type(CodeBlock):
        match = _INFO.match(context.source.text, block.span.start) if block.fenced and block.info else None
        if match is None or not _NAME.fullmatch(match[1]):
            continue
        right = _meant(match[1].lower())
        if right:
            span = Span(match.start(1), match.end(1))
            yield context.finding(
                span, _MISSPELT, fix=unsafe_fix(_FIX, Edit(span, right), right=right), written=match[1], right=right
            )


def _meant(written: str) -> str:
    """The one language that a name is a slip away from; empty for what is known, and where two are equally near."""
    if written in _KNOWN or written in _SILENT or len(written) < _SHORTEST:
        return ""
    near = {known for slip in _slips(written) for known in _by_slip().get(slip, ()) if _is_slip(written, known)}
    return near.pop() if len(near) == 1 and len(min(near)) >= _SHORTEST else ""


@cache
def _by_slip() -> dict[str, set[str]]:
    """The known names by what is left of them without one letter."""
    found: dict[str, set[str]] = {}
    for known in _KNOWN:
        for slip in _slips(known) if len(known) > 2 else ():
            found.setdefault(slip, set()).add(known)
    return found


def _slips(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _is_slip(written: str, known: str) -> bool:
    """One letter lost, added, foreign or moved; a foreign letter only in a longer name, not as its first."""
    if len(written) != len(known):
        return abs(len(written) - len(known)) == 1
    unlike = [at for at in range(len(known)) if written[at] != known[at]]
    if len(unlike) == 1:
        return len(known) > 5 and unlike[0] > 0
    return sorted(written) == sorted(known)
