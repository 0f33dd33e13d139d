"""The vault: secrets under a passphrase."""

from workbench.arguments import Exact
from workbench.library.group import Group


class Vault(Group):
    """A library's calls on secrets."""

    def put(self, scope: Exact, key: Exact, value: Exact, *, secret: Exact) -> bool:
        """Keep a value that only this secret opens; a former one under the same key is gone.

        Nobody can tell a slip of the pen in `secret` from a secret of somebody else: what is put
        in under it can be had only with it. Takes about half a second and 128 MB. Returns False
        where another program is reading the library, so that a former value, sealed, leaves its
        log only when that program closes it. Raises `UsageError` for an empty key, value or secret.
        """
        from workbench.memory import vault

        return vault.save(self._core.store, scope, key, value, secret=secret)

    def get(self, scope: Exact, key: Exact, *, secret: Exact) -> str | None:
        """The value under a key, or asked for (“what is the wifi password?”).

        None for a wrong secret as for a key or a scope that was never used.
        """
        from workbench.memory import vault

        return vault.get(self._core.store, scope, key, secret=secret)

    def scopes(self) -> list[str]:
        """The scopes that have something in the vault; their names are no secret."""
        from workbench.memory import vault

        return vault.scopes(self._core.store)
