"""Facts and notes in the Library: their table, the line that adds one, all about one of them."""
