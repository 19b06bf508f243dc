"""How likely each field of a record is right, what of it is sure enough, and what a person should look at first."""
