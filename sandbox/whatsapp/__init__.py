"""The emulated Twilio API for WhatsApp and the phones behind it."""
