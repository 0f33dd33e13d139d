"""The list of concepts, and the details of one."""
