"""Read, the page: a source as text or as its pages, opened at the quoted words."""
