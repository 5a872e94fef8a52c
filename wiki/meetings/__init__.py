"""Meetings: agenda, attendance, minutes and what is followed up."""
