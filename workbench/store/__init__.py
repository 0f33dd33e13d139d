"""The `.brain` file: schema, migrations, the writer and readers, backups, bundles."""
