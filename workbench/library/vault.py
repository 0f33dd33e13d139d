"""The vault: secrets under a passphrase."""

from workbench.arguments import Exact
from workbench.library.group import Group


class Vault(Group):
    """A library's calls on secrets."""

    def put(self, scope: Exact, key: Exact, value: Exact, *, secret: Exact) -> bool:
        """Store a value that only this secret opens, replacing a former one under the same key.

        A mistyped `secret` cannot be distinguished from another one: the value can be read only
        with the same spelling. Takes about half a second and 128 MB. Returns False if another
        program is reading the library, so that a former value, sealed, stays in the log until that
        program closes it. Raises `UsageError` for an empty key, value or secret.
        """
        from workbench.memory import vault

        return vault.save(self._store, scope, key, value, secret=secret)

    def get(self, scope: Exact, key: Exact, *, secret: Exact) -> str | None:
        """The value of a key, or of a question (“what is the wifi password?”).

        None for a wrong secret as for an unknown key or scope.
        """
        from workbench.memory import vault

        return vault.get(self._store, scope, key, secret=secret)

    def scopes(self) -> list[str]:
        """The scopes with values in the vault; their names are not secret."""
        from workbench.memory import vault

        return vault.scopes(self._store)
