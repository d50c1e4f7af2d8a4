"""What is published, read back by the readers people use; what they read, read by us."""
