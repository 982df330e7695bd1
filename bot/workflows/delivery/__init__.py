"""Delivery of notices: claim, check, send, reconcile."""
