"""What is typed in small letters, as people do in a chat, is told in as many sentences."""

import pytest

from workbench.memory.facts.splitting import split


@pytest.mark.parametrize(
    "sentences",
    [
        ["my plan is pro.", "my cap is red"],
        ["the code is 5.", "the key is 7.", "the tag is x2"],
        ["hello...", "my name is ann"],
        ["i weigh 70 kilos.", "my cat is tom"],
        ["the version is 2.0.", "the next is 3"],
        ["my room is no. 5.", "my bag is blue"],
        ["the u.s. is big.", "the u.k. is small"],
        ["my boss is j. smith.", "his dog is rex"],
        ["the train leaves at 5 p.m. on monday"],
        ["the meeting with mr. smith is at 5 p.m. tomorrow"],
        ["the firm is acme inc. in bonn"],
        ["i use tools, e.g. hammers"],
        ["kim lives at 5 elm st. in oslo"],
    ],
)
def test_every_sentence_stands_alone(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences
