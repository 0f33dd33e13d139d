"""Search by the meaning of sentences as a group of calls: checked, and told of damage."""

from workbench.arguments import checked
from workbench.care.diagnosis import diagnosed
from workbench.recall.embedding_models import SentenceEmbeddings

__all__ = ["SentenceEmbeddings"]

diagnosed(checked(SentenceEmbeddings))
