"""The demonstration clinic: invented people whose screens are signed with the product's own rules."""
