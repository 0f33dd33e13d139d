"""The .brain file: schema, migrations, the one writer, readers, backups, bundles."""
