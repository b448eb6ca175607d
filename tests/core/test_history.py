"""Any byte of the past that changes is found, and the event is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.history import FIRST, Break, canonical, hash_of, verify

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
events = st.dictionaries(words, values, max_size=4)


def chain_of(afters):
    """Rows (number, body, hash) as the write seam makes them."""
    rows, previous = [], FIRST
    for number, after in enumerate(afters, 1):
        body = canonical({"after": after, "number": number, "previous": previous})
        previous = hash_of(body)
        rows.append((number, body, previous))
    return rows


chains = st.lists(events, min_size=1, max_size=5).map(chain_of)

# -- the canonical text -----------------------------------------------------------------------------------------------


@given(events)
def test_an_event_is_one_text_whatever_the_order_of_its_keys(event):
    turned = dict(reversed(event.items()))
    assert canonical(event) == canonical(turned)
    assert json.loads(canonical(event)) == event


def test_the_canonical_text_is_the_documented_one():
    event = {"b": [1, True, None], "a": "“غزة”\n", "é": {"z": "", "y": -0}}
    assert canonical(event) == '{"a":"“غزة”\\n","b":[1,true,null],"é":{"y":0,"z":""}}'
    assert hash_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ({"a": {"b": [0, 1.5]}}, "event.a.b[1]"),
        ({"a": float("nan")}, "event.a"),
        ({"a": b"x"}, "event.a"),
        ({"a": {1: 2}}, "event.a"),
        ({"a": "\ud800"}, "half of a character"),
        ({"\udc00": 1}, "half of a character"),
    ],
)
def test_what_has_no_one_text_is_refused_with_its_place(event, place):
    with pytest.raises(Invalid) as refused:
        canonical(event)
    assert place in refused.value.message


def test_an_endless_nest_is_refused():
    nest = []
    for _ in range(100_000):
        nest = [nest]
    with pytest.raises(Invalid, match="deeply"):
        canonical({"a": nest})


# -- the chain --------------------------------------------------------------------------------------------------------


@given(chains)
def test_a_chain_as_written_holds(rows):
    assert verify(iter(rows)) is None
    assert verify(rows, head=(rows[-1][0], rows[-1][2])) is None


def test_no_events_are_a_chain_too():
    assert verify([]) is None
    assert verify([], head=(0, FIRST)) is None


@given(chains, st.data())
def test_any_changed_byte_of_any_event_is_found(rows, data):
    number = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.sampled_from(["body", "hash"]))
    _, body, stored = rows[number - 1]
    raw = bytearray((body if column == "body" else stored).encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    changed = raw.decode(errors="replace")
    rows[number - 1] = (number, changed, stored) if column == "body" else (number, body, changed)
    assert verify(rows).number == number


@given(chains, st.data())
def test_an_event_rewritten_with_its_own_hash_breaks_the_one_behind_it(rows, data):
    number = data.draw(st.integers(1, len(rows)))
    event = json.loads(rows[number - 1][1]) | {"after": {"rewritten": number}}
    body = canonical(event)
    head = (rows[-1][0], rows[-1][2])
    rows[number - 1] = (number, body, hash_of(body))
    found = verify(rows, head=head)
    if number < len(rows):
        assert found == Break(number + 1, f"Event {number + 1} does not hold the hash of the event before it.")
    else:
        assert "head of the chain" in found.reason


@given(chains, st.data())
def test_a_missing_doubled_or_displaced_event_is_found(rows, data):
    number = data.draw(st.integers(1, len(rows)))
    head = (rows[-1][0], rows[-1][2])
    without = rows[: number - 1] + rows[number:]
    assert verify(without, head=head).number == number
    doubled = rows[:number] + rows[number - 1 :]
    assert verify(doubled, head=head).number == number + 1


def test_a_break_is_told_in_words():
    rows = chain_of([{}, {}, {}])
    assert verify(rows[1:]).reason == "Event 1 is missing: event 2 stands in its place."
    assert verify(rows[:2], head=(3, rows[2][2])) == Break(3, "The chain ends at event 2; its head names event 3.")
    assert verify([(1, "no json", hash_of("no json"))]).reason == "The words of event 1 cannot be read."
    assert "do not name it" in verify([(1, "[]", hash_of("[]"))]).reason
    other = canonical({"number": 2, "previous": FIRST})
    assert "do not name it" in verify([(1, other, hash_of(other))]).reason


def test_a_chain_is_walked_one_event_at_a_time():
    held = []

    def rows():
        for row in chain_of([{}] * 50):
            held.append(row)
            assert len(held) <= 1
            yield row
            held.clear()

    assert verify(rows()) is None
