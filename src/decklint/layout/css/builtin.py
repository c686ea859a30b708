"""What browsers and Marp's own themes set, as far as it decides how large something gets. Tables of ours, read once.

Sources: HTML Standard, 15.3 (rendering); Marpit 3.2 `theme/scaffold.js`; Marp Core 4.4 `themes/*.scss`, `src/math`, `src/emoji`;
github-markdown-css 5.8 below `default`. `fixtures/layout/metrics.json` holds the tables against a browser.
"""

from __future__ import annotations

from functools import lru_cache

from decklint.layout.css.selectors import read_selector, split_list
from decklint.layout.css.sheets import Declared, Rule, read_declaration

_HEADINGS = "h1,h2,h3,h4,h5,h6"
_MONO = "ui-monospace, SFMono-Regular, SF Mono, Menlo, Consolas, Liberation Mono, monospace"
_SANS = "-apple-system, BlinkMacSystemFont, Segoe UI, Noto Sans, Helvetica, Arial, sans-serif"

BROWSER = (
    (
        "section,div,p,ul,ol,dl,dt,dd,blockquote,pre,figure,figcaption,center,details,hr,header,footer,address,article,aside,"
        "main,nav,form,fieldset," + _HEADINGS,
        "display block",
    ),
    ("head,style,script,template,title,noscript,rp", "display none"),
    ("li,summary", "display list-item"),
    ("p,dl", "margin-block 1em"),
    ("ul,ol", "margin-block 1em; padding-left 40px"),
    ("ul ul,ul ol,ol ul,ol ol", "margin-block 0"),
    ("blockquote,figure", "margin 1em 40px"),
    ("dd", "margin-left 40px"),
    ("h1,h2,h3,h4,h5,h6,b,strong,th", "font-weight bold"),
    ("h1", "font-size 2em; margin-block .67em"),
    ("h2", "font-size 1.5em; margin-block .83em"),
    ("h3", "font-size 1.17em; margin-block 1em"),
    ("h4", "margin-block 1.33em"),
    ("h5", "font-size .83em; margin-block 1.67em"),
    ("h6", "font-size .67em; margin-block 2.33em"),
    ("pre,code,kbd,samp,tt", "font-family monospace"),
    ("pre", "white-space pre; margin-block 1em"),
    ("em,i,cite,dfn,var,address", "font-style italic"),
    ("small,sub,sup", "font-size smaller"),
    ("big", "font-size larger"),
    ("hr", "margin-block .5em; border 1px inset"),
    ("table", "display table; box-sizing border-box; border-spacing 2px"),
    ("thead", "display table-header-group"),
    ("tbody", "display table-row-group"),
    ("tfoot", "display table-footer-group"),
    ("tr", "display table-row"),
    ("td,th", "display table-cell; padding 1px"),
    ("th,center", "text-align center"),
    ("caption", "display table-caption; text-align center"),
    ("ruby,rt", "font-size inherit"),
    ("rt", "font-size 50%; text-align start"),
)
SCAFFOLD = (
    ("section", "width 1280px; height 720px; box-sizing border-box; position relative"),
    (":where(h1)", "font-size 2em; margin-block .67em"),
    ("img.emoji", "width 1em; height 1em; margin 0 .05em 0 .1em"),
)
_GITHUB = (
    ("section", "margin 0; line-height 1.5; overflow-wrap break-word; font-weight 400"),
    ("section", f"font-family {_SANS}; --base-size-4 4px; --base-size-8 8px; --base-size-16 16px"),
    ("section", f"--base-size-24 24px; --base-size-40 40px; --fontStack-monospace {_MONO}"),
    ("section", f"--fontStack-sansSerif {_SANS}"),
    ("details,figcaption,figure", "display block"),
    ("b,strong", "font-weight 600"),
    ("small", "font-size 90%"),
    ("sub,sup", "font-size 75%; line-height 0"),
    ("img", "border 0 none; max-width 100%; box-sizing content-box"),
    ("h1", "padding-bottom .3em"),
    ("figure", "margin 1em var(--base-size-40)"),
    ("hr", "box-sizing content-box; margin var(--base-size-24) 0; border 0 none"),
    ("hr", "height 0; padding 0; padding-top .25em"),
    ("table", "display block; width max-content; max-width 100%; border-spacing 0; border-collapse collapse"),
    ("kbd", f"display inline-block; padding var(--base-size-4); border 1px solid; font 11px {_MONO}; line-height 10px"),
    (_HEADINGS, "margin-top var(--base-size-24); margin-bottom var(--base-size-16); font-weight 600; line-height 1.25"),
    ("h2", "padding-bottom .3em"),
    ("blockquote,details,dl,ol,p,pre,table,ul", "margin-top 0; margin-bottom var(--base-size-16)"),
    ("blockquote", "margin-left 0; margin-right 0; padding 0 1em; border-left .25em solid"),
    ("ol,ul", "padding-left 2em"),
    ("dd", "margin-left 0"),
    ("code,pre,samp,tt", "font-family var(--fontStack-monospace)"),
    ("pre", "overflow-wrap normal"),
    ("section > :first-child", "margin-top 0 !important"),
    ("section > :last-child", "margin-bottom 0 !important"),
    ("blockquote > :first-child", "margin-top 0"),
    ("blockquote > :last-child", "margin-bottom 0"),
    ("summary h1,summary h2,summary h3,summary h4,summary h5,summary h6", "display inline-block"),
    ("summary h1,summary h2", "padding-bottom 0"),
    ("ol ol,ol ul,ul ol,ul ul", "margin-top 0; margin-bottom 0"),
    ("li > p", "margin-top var(--base-size-16)"),
    ("li + li", "margin-top .25em"),
    ("dl", "padding 0"),
    ("dl dt", "padding 0; margin-top var(--base-size-16); font-size 1em; font-style italic; font-weight 600"),
    ("dl dd", "padding 0 var(--base-size-16); margin-bottom var(--base-size-16)"),
    ("table th", "font-weight 600"),
    ("td,th", "padding 0"),
    ("table td,table th", "padding 6px 13px; border 1px solid"),
    ("table td > :last-child", "margin-bottom 0"),
    ("table tr", "border-top 1px solid"),
    (".emoji", "max-width none"),
    ("code,tt", "padding .2em .4em; margin 0; font-size 85%; white-space break-spaces"),
    ("samp", "font-size 85%"),
    (",".join(f"{heading} code" for heading in _HEADINGS.split(",")), "padding 0 .2em; font-size inherit"),
    ("pre", "padding var(--base-size-16); font-size 85%"),
    ("pre code", "display inline; padding 0; margin 0; font-size 100%; line-height inherit; overflow-wrap normal; border 0 none"),
    ("pre > code", "padding 0; margin 0; white-space pre; word-break normal; border 0 none"),
)
DEFAULT = (
    *_GITHUB,
    ("h1", "font-size 1.6em"),
    ("h2", "font-size 1.3em"),
    ("h3", "font-size 1.1em"),
    ("h4", "font-size 1.05em"),
    ("h5", "font-size 1em"),
    ("h6", "font-size .9em"),
    (",".join(f"{heading} strong" for heading in _HEADINGS.split(",")), "font-weight inherit"),
    (",".join(f"{heading}::part(auto-scaling)" for heading in _HEADINGS.split(",")), "max-height 563px"),
    ("pre", "border 1px solid; line-height 1.15"),
    ("pre::part(auto-scaling)", "max-height 529px"),
    ("header,footer", "margin 0; position absolute; font-size 18px"),
    ("section", "display block; font-size 29px; padding 78.5px; place-content safe center center"),
    ("section", "width 1280px; height 720px; flex-flow column nowrap; align-items stretch"),
    ("section > :last-child,section[data-footer] > :nth-last-child(2)", "margin-bottom 0"),
    ("section > :first-child,section > header:first-child + *", "margin-top 0"),
)
GAIA = (
    (_HEADINGS, "margin .5em 0 0"),
    (",".join(f"{heading} strong" for heading in _HEADINGS.split(",")), "font-weight inherit"),
    (",".join(f"{heading}::part(auto-scaling)" for heading in _HEADINGS.split(",")), "max-height 580px"),
    ("h1", "font-size 1.8em"),
    ("h2", "font-size 1.5em"),
    ("h3", "font-size 1.3em"),
    ("h4", "font-size 1.1em"),
    ("h5", "font-size 1em"),
    ("h6", "font-size .9em"),
    ("p,blockquote", "margin 1em 0 0"),
    ("ul > li,ol > li", "margin .3em 0 0"),
    ("ul > li > p,ol > li > p", "margin .6em 0 0"),
    ("code", "display inline-block; font-family Roboto Mono, monospace; font-size .8em; letter-spacing 0"),
    ("code", "margin -.1em .15em; padding .1em .2em"),
    ("pre", "display block; margin 1em 0 0"),
    ("pre code", "box-sizing border-box; margin 0; min-width 100%; padding .5em; font-size .7em"),
    ("pre::part(auto-scaling)", "max-height calc(580px - 1em)"),
    ("blockquote", "margin 1em 0 0; padding 0 1em; position relative"),
    ("blockquote > :first-child", "margin-top 0"),
    ("table", "border-spacing 0; border-collapse collapse; margin 1em 0 0"),
    ("table td,table th", "padding .2em .4em; border-width 1px; border-style solid"),
    ("header,footer", "box-sizing border-box; font-size 66%; height 70px; line-height 50px"),
    ("header,footer", "padding 10px 25px; position absolute"),
    ("section", "font-size 35px; font-family Lato, Avenir Next, Avenir, Trebuchet MS, Segoe UI, sans-serif"),
    ("section", "height 720px; width 1280px; line-height 1.35; letter-spacing 1.25px; padding 70px; overflow-wrap break-word"),
    ("section > :first-child,section > header:first-child + *", "margin-top 0"),
    ("section:where(.lead)", "place-content safe center center; flex-flow column nowrap; align-items stretch"),
    (
        ",".join(f"section:where(.lead) {tag}" for tag in (*_HEADINGS.split(","), "p")),
        "text-align center",
    ),
    ("section:where(.lead) blockquote > :is(h1,h2,h3,h4,h5,h6,p)", "text-align left"),
    ("section:where(.lead) li > p", "text-align left"),
)
UNCOVER = (
    ("section", "display block; place-content safe center center; font-size 40px; height 720px; width 1280px"),
    (
        "section",
        "font-family -apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Oxygen, Ubuntu, Cantarell, Open Sans, Helvetica Neue,"
        " sans-serif",
    ),
    ("section", "letter-spacing 3px; line-height 1.4; padding 30px 70px; position relative; text-align center"),
    ("section", "overflow-wrap break-word; flex-flow column nowrap; align-items stretch"),
    ("section > :first-child,section[data-header] > :nth-child(2)", "margin-top 0"),
    ("section > :last-child,section[data-footer] > :nth-last-child(2)", "margin-bottom 0"),
    ("p,blockquote", "margin 0 0 15px"),
    (_HEADINGS, "margin 15px 0 30px"),
    (",".join(f"{heading} strong" for heading in _HEADINGS.split(",")), "font-weight inherit"),
    (",".join(f"{heading}::part(auto-scaling)" for heading in _HEADINGS.split(",")), "max-height 660px"),
    ("h1", "font-size 2em"),
    ("h2", "font-size 1.7em"),
    ("h3", "font-size 1.4em; letter-spacing 2px"),
    ("h4", "font-size 1.2em; letter-spacing 2px"),
    ("h5", "font-size 1em; letter-spacing 1px"),
    ("h6", "font-size .8em; letter-spacing 1px"),
    ("header,footer", "font-size .45em; letter-spacing 1px; position absolute"),
    ("ol,ul", "margin 0 auto; text-align left"),
    ("section > ol,section > ul", "margin-bottom 15px"),
    ("code", "font-family SFMono-Regular, Consolas, Liberation Mono, Menlo, Courier, monospace; letter-spacing 0"),
    ("section > code,:not(pre) > code", "margin -.2em .2em .2em; padding .2em"),
    ("pre", "font-size 70%; line-height 1.15; margin 15px 0 30px; text-align left"),
    ("pre::part(auto-scaling)", "max-height 570px"),
    ("pre > code", "box-sizing content-box; display block; margin 0 auto; min-width 456px; padding .4em .6em"),
    ('section[data-size="4:3"] pre > code', "min-width 328px"),
    ("table", "border-collapse collapse; margin 0 auto 15px"),
    ("table > thead > tr > th,table > thead > tr > td,table > tbody > tr > th,table > tbody > tr > td", "padding .15em .5em"),
    ("table > thead > tr > th,table > thead > tr > td", "border-bottom 3px solid"),
    ("table > tbody > tr:not(:last-child) > td,table > tbody > tr:not(:last-child) > th", "border-bottom 1px solid"),
    ("blockquote", "font-size 90%; line-height 1.3; padding 0 2em; position relative"),
    ("blockquote > :last-child", "margin-bottom 0"),
)
_TABLES = {"browser": BROWSER, "scaffold": SCAFFOLD, "default": DEFAULT, "gaia": GAIA, "uncover": UNCOVER}


@lru_cache(maxsize=8)
def built_in(name: str) -> tuple[Rule, ...]:
    """The rules of `browser`, `scaffold`, or one of Marp's themes."""
    rules: list[Rule] = []
    for selectors, text in _TABLES[name]:
        sets: list[Declared] = []
        for part in text.split("; "):
            prop, _, value = part.partition(" ")
            value, bang, _ = value.partition(" !important")
            sets += read_declaration(prop, value, important=bool(bang))
        for one in split_list(selectors):
            selector = read_selector(one)
            if selector is not None:
                rules.append(Rule(selector, tuple(sets)))
    return tuple(rules)
