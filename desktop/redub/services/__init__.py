"""What a person can ask for, without Qt: editing, checking, converting, making, following, fetching."""
