"""Whether texts of a library may be sent to a model server on another computer.

Nobody may until it is allowed, for one server at a time: where another server is chosen, it has to
be allowed anew. A library that is marked `NEVER` sends nothing whatever is allowed elsewhere.
"""

from ingest.models.records import Server
from workbench.errors import InputError
from workbench.store import meta
from workbench.store.store import Store

#: The states beside the URL of the server that is allowed.
OFF, NEVER = "off", "never"
#: How the reason begins why nothing went to a server that was not allowed.
UNSENT = "Nothing was sent"


def state(store: Store) -> str:
    """`OFF`, `NEVER`, or the URL of the server that texts may be sent to."""
    with store.read() as connection:
        return str(meta.get(connection, meta.SENDING) or OFF)


def set_state(store: Store, state: str) -> None:
    """Allow a server by its URL, or set `OFF` or `NEVER`."""
    store.write(lambda c: meta.put(c, meta.SENDING, state))


def check(store: Store, server: Server) -> None:
    """Raise `InputError` ("unsent") unless texts of this library may be sent to a server."""
    if server.address.here or (current := state(store)) == server.address.url:
        return
    host = server.address.host
    if current == NEVER:
        raise InputError(
            f"This library is marked never to be sent to another computer, and “{host}” is one.",
            "Use a model server on this computer.",
            "unsent",
        )
    raise InputError(
        f"{UNSENT}: this library has not been allowed to send texts to “{host}”.",
        "See what would be sent, and allow it: workbench models sending allow",
        "unsent",
    )
