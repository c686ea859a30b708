"""A key, token or private key stands in the deck.

Who has the deck has the key, and so has everybody who can read the history of its repository: revoke it at its issuer, then
write a placeholder. Code, notes and front matter are read too. The message shows nothing but the beginning that all keys of the
kind share.

Each kind is known by the form that its issuer gives it, as the rules of gitleaks (github.com/gitleaks/gitleaks, `openai.go` and
its neighbours) write it down: OpenAI (`T3BlbkFJ` in the middle), Anthropic, Google, Hugging Face, Slack, GitHub (the last six
characters are a checksum of the others: github.blog, "Behind GitHub's new authentication token formats"), AWS (an access key ID
with its secret near it; the ID alone is none), private keys in PEM; and `sk-` with 32 hexadecimal or 48 mixed characters, which
services with OpenAI's interface issue (betterleaks, `deepseek.go`). What says of itself that it is an example, repeats, or counts
up is a placeholder.

````deck bad 4:12-4:47
# Calling a model

```python
api_key = "sk-5e0c7fb19d3a42688b1f04d7c2ea963f"
```
````

````deck good
# 调用模型

```python
openai_key = "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
other_key = "sk-1234567890abcdef1234567890abcdef"
aws_access_key_id = "AKIAIOSFODNN7EXAMPLE"
token = os.environ["GITHUB_TOKEN"]  # ghp_...
```

The scikit-learn guide is `sk-learn-user-guide-for-beginners-and-others`.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, rule
from decklint.secrets import PEM, PLACEHOLDER, secrets
from decklint.text import Span

_ISSUED = Template("a secret of {issuer} stands in the deck: {masked}", "幻灯片中含有 {issuer} 的密钥：{masked}")
_UNNAMED = Template("an API key stands in the deck: {masked}", "幻灯片中含有 API 密钥：{masked}")
_PRIVATE = Template("a private key stands in the deck", "幻灯片中含有私钥")
_NAMES = {"HuggingFace": "Hugging Face"}


@rule("DL009", "secret-in-deck", severity="error", since="0.1", zh="幻灯片中含有密钥或令牌。")
def check(context: Context) -> Iterator[Finding]:
    text = context.source.text
    for found in secrets(text):
        masked = f"{found.shown or '****'}…"
        if found.issuer == "API":
            yield context.finding(found.span, _UNNAMED, masked=masked)
        else:
            yield context.finding(found.span, _ISSUED, issuer=_NAMES.get(found.issuer, found.issuer), masked=masked)
    for match in PEM.finditer(text):
        if not PLACEHOLDER.search(text, match.end(), match.end() + 60):
            yield context.finding(Span(*match.span()), _PRIVATE)
