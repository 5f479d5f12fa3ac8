"""What people report: taken in, handled in the street, and answered."""
