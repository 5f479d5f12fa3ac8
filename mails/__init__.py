"""What our mails say, per municipality, and which of them did not arrive."""
