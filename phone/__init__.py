"""What a participant and a partner see: server-rendered pages, live where the browser can."""
