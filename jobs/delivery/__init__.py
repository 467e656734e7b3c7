"""Delivery to customers: drain a lane, render, send, hold, download media, back-fill from Twilio."""
