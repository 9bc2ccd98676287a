"""Playing with sound: libvlc into our own pictures, and the player of finished results."""
