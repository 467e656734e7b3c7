"""The agents' inbox: ticket list, thread, actions, attachments, deadlines explained."""
