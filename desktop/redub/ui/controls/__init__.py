"""Small pieces that several panels are built of: words, buttons, rows with a name, fields for time and media."""
