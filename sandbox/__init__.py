"""A local Twilio and Telegram with phones on a web page; speaks HTTP only and imports none of the desk's code."""
