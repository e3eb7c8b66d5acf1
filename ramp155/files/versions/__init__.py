"""The record at an address that stays: every file of one version, the folder that keeps versions, and how one is read again."""
