"""Whatever becomes of a text, statements that stay are followed by their words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import segment
from ingest.records import Section, Source
from workbench.store import exchange, sources, text
from workbench.store.store import Store
from workbench.store.verify import verify

_SENTENCES = st.lists(
    st.sampled_from([f"The {name} lies in the river bed." for name in
                     ("flint", "chert", "slate", "marl", "tuff", "chalk", "jasper", "opal")]),
    min_size=1, max_size=12,
)  # fmt: skip


def _sections(sentences: list[str]) -> list[Section]:
    words = " ".join(sentences)
    return [Section(0, "", 0, words, segment.passages(words, 0, "en"))]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(before=_SENTENCES, after=_SENTENCES)
def test_every_statement_that_stays_is_followed(before: list[str], after: list[str]) -> None:
    with Store.open(":memory:") as store:
        source = store.write(
            lambda c: sources.insert(c, Source("B", "text", "t/1"), hash="old", size=1)
        )
        store.write(lambda c: text.append(c, source, _sections(before)))
        with store.read() as connection:
            old = {e.id: e.text for e in text.engrams_between(connection, 1, 10**6)}
        done = store.write(
            lambda c: exchange.exchange(
                c,
                source,
                exchange.Replacement(Source("B", "text", "t/2"), _sections(after), "new", 2),
            )
        )
        with store.read() as connection:
            new = {e.id: e.text for e in text.engrams_between(connection, 1, 10**6)}
        assert not set(old) & set(new)
        assert min(new) > max(old) + 1
        assert len(new) == done.engrams
        assert set(done.mapping) == {id_ for id_, words in old.items() if words in new.values()}
        assert all(old[a] == new[b] for a, b in done.mapping.items())
        if before == after:
            assert list(done.mapping.values()) == sorted(new)
        assert verify(store).sound
