"""The emulated Twilio API for WhatsApp and its phones."""
