"""The arq side: takes leases on jobs, renders them, returns what was lost."""
