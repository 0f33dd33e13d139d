"""The lines that people see of a record, by its type: functions that yield them one by one."""
