"""What others read: domain values in, text out, and back."""
