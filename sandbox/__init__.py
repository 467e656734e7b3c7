"""A local Twilio and Telegram with phones on a page: speaks HTTP only, imports none of ours."""
