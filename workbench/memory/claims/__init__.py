"""Questions answered by what was told, compared role by role; silent where a role differs."""
