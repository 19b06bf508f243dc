"""From records to what people and programs read: JSON, the terminal report, the reading view."""
