"""What others may ask of this stage."""
