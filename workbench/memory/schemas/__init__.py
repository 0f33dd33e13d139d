"""What a database is made of, as statements that can be asked and concepts that are linked."""
