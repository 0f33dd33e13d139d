"""Sentences about a source that are no trouble: by how they begin, they are known again."""

#: How a sentence about recognised text begins, where it is sure enough.
RECOGNISED = "Text was recognised in pictures"


def is_remark(notice: str) -> bool:
    """Whether a sentence about a source only says that its text was recognised, and well."""
    return notice.startswith(RECOGNISED)
