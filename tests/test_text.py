"""Bytes become text with exact places, or a located error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decklint.text import MAX_BYTES, Position, Source, Span, UnreadableSource


@pytest.mark.parametrize(
    ("data", "text", "newline", "bom"),
    [
        (b"a\nb\n", "a\nb\n", "\n", False),
        (b"a\r\nb\r\n", "a\nb\n", "\r\n", False),
        (b"a\rb", "a\nb", "\n", False),
        (b"\xef\xbb\xbfa\n", "a\n", "\n", True),
        (b"", "", "\n", False),
        ("标题\n".encode(), "标题\n", "\n", False),
    ],
)
def test_decoding(data: bytes, text: str, newline: str, bom: bool) -> None:
    source = Source.decode(data)

    assert (text, newline, bom) == (source.text, source.newline, source.bom)


@pytest.mark.parametrize(
    ("data", "reason", "place"),
    [
        (b"ok\n\xff\xfeno", "not-utf-8", Position(2, 1)),
        ("第一行\n幻灯片".encode("gb18030"), "gb18030", Position(1, 1)),
        (b"ok\n" + "好".encode()[:2], "not-utf-8", Position(2, 1)),
        ("标".encode() + b"\xff", "not-utf-8", Position(1, 2)),
        ("# A".encode("utf-16"), "utf-16", Position(1, 1)),
        (b"# A\n\x00\x01", "binary", Position(2, 1)),
        (b"\xed\xa0\x80", "not-utf-8", Position(1, 1)),
    ],
)
def test_what_is_no_text_is_named_with_its_place(data: bytes, reason: str, place: Position) -> None:
    with pytest.raises(UnreadableSource) as error:
        Source.decode(data)

    assert (reason, place) == (error.value.reason, error.value.position)


def test_a_file_of_more_than_32_mb_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="too-large"):
        Source.decode(b"x" * (MAX_BYTES + 1))


@given(st.binary())
def test_any_bytes_give_a_text_or_a_located_error(data: bytes) -> None:
    try:
        source = Source.decode(data)
    except UnreadableSource as error:
        assert error.position.line >= 1 and error.position.column >= 1
    else:
        assert "\r" not in source.text


@given(st.text(alphabet="ab标\n"), st.data())
def test_lines_and_columns_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    source = Source(text)
    offset = data.draw(st.integers(0, len(text)))

    line, column = source.position(offset)

    assert offset == source.line_starts[line - 1] + column - 1


@given(st.text(alphabet="ab标\n"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_writing_restores_newlines_and_byte_order_mark(text: str, newline: str, bom: bool) -> None:
    data = Source(text, newline=newline, bom=bom).encode(text)

    again = Source.decode(data)

    assert (text, bom) == (again.text, again.bom)


def test_the_line_of_an_offset_has_no_line_ending() -> None:
    source = Source("one\ntwo\n")

    assert Span(4, 7) == source.line_of(5)
    assert "two" == source.slice(source.line_span(2))
