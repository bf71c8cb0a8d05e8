"""The clinic's own network: where this machine is on it, and the certificate that it serves with."""
