"""Whether texts of a library may be sent to a model server on another computer.

Nobody may until it is allowed, for one server at a time: where another server is chosen, it has to
be allowed anew. That is kept on this machine, so that a library from elsewhere brings no consent
along; that it is marked `NEVER`, and sends nothing whatever is allowed, is kept in its file.
"""

from ingest.models.records import Server
from workbench.errors import InputError
from workbench.models import choices
from workbench.store import meta
from workbench.store.store import Store

#: The states beside the URL of the server that is allowed.
OFF, NEVER = "off", "never"
#: How the reason begins why nothing went to a server that was not allowed.
UNSENT = "Nothing was sent"


def state(store: Store) -> str:
    """`OFF`, `NEVER`, or the URL of the server that texts may be sent to."""
    with store.read() as connection:
        if meta.get(connection, meta.SENDING):
            return NEVER
    return choices.load().allowed.get(store.id, OFF)


def set_state(store: Store, new: str) -> None:
    """Allow a server by its URL, or set `OFF` or `NEVER`."""
    if new == NEVER:
        store.write(lambda c: meta.put(c, meta.SENDING, NEVER))
    elif state(store) == NEVER:
        store.write(lambda c: meta.remove(c, meta.SENDING))
    others = {id: url for id, url in choices.load().allowed.items() if id != store.id}
    kept = others if new in (OFF, NEVER) else {**others, store.id: new}
    choices.change({"allowed": kept})


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
